"""What belongs to a group that forms: that it is offered, how it says it is composed, who invites, and who waits."""

from app.demo.world.life import Life, comer


def offer(life: Life) -> None:
    """It stands among the offers; a member or two invite to the first meeting (M-12), and somebody may wait for a place."""
    place, created = life.place, life.row["created_at"]
    life.row["offered_at"] = created + place.between(0.5, 2)
    if place.likely(0.3):
        life.row["age_from"], life.row["age_to"] = place.chance.choice(((18, 30), (30, None), (60, None)))
    if place.likely(0.2):
        life.row["genders"] = place.chance.choice(("women", "men"))
    for member in life.there[: 2 if place.likely(0.5) else 1]:
        place.add(
            "convenor", group_id=life.id, membership_id=member.id, named_at=place.now - place.between(0.2, 2)
        )
    for _ in range(place.chance.randint(1, 2)):
        asked = place.now - place.between(0.2, 2)
        place.add(
            "waiting",
            group_id=life.id,
            person_id=comer(place, asked).id,
            alias=life.aliases.pop(),
            asked_at=asked,
        )
