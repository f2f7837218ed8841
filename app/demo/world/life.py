"""One group's life as it can have gone: founded, meeting, changed by entries, ended. Phases aren't written: they follow."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from app.demo.world.ground import Place, Row, Someone
from app.demo.world.intake import record_outcome
from app.domain.shared.frames import Form
from app.domain.shared.ids import GroupId

FORMS = (Form.IN_PERSON,) * 6 + (Form.VIDEO, Form.VIDEO, Form.PHONE)


@dataclass(slots=True)
class Member:
    """Somebody's place in a group."""

    id: UUID
    who: Someone
    row: Row
    signed: dict[int, datetime] = field(default_factory=dict)
    """When they signed, by generation."""

    @property
    def is_there(self) -> bool:
        """Whether they haven't left."""
        return self.row["left_at"] is None


@dataclass(slots=True)
class Life:
    """A group, its people, and what has happened so far."""

    place: Place
    id: GroupId
    row: Row
    aliases: list[str]
    starts: list[datetime] = field(default_factory=list)
    """Its meetings that were not cancelled, in order."""
    members: list[Member] = field(default_factory=list)
    exit: Row | None = None
    """What was agreed about its starter's exit, if it had one."""
    kept: list[UUID] = field(default_factory=list)
    """Ballots for which a seat is kept."""

    @property
    def there(self) -> list[Member]:
        """Who is in the group."""
        return [member for member in self.members if member.is_there]

    @property
    def voters(self) -> list[Member]:
        """Who could be on a roll now: there, and signed in this generation."""
        return [member for member in self.there if self.row["generation"] in member.signed]

    def sign(self, member: Member, at: datetime) -> None:
        """Sign this generation's declaration; now and then on paper, witnessed by somebody who has signed (D-h2)."""
        place, generation = self.place, self.row["generation"]
        signers = [other for other in self.there if other.signed.get(generation, place.now) < at]
        on_paper = bool(signers) and place.likely(0.1)
        text = place.words.current(member.who.language)
        place.add(
            "declaration", id=place.id(at), group_id=self.id, generation=generation, membership_id=member.id,
            how="on_paper" if on_paper else "in_app", text_version=text.version, language=text.language,
            text_sha256=text.sha256, typed_name=None if on_paper else member.who.name,
            witnessed_by=place.chance.choice(signers).id if on_paper else None, signed_at=at,
        )  # fmt: skip
        member.signed[generation] = at

    def join(self, who: Someone, at: datetime, *, placement: UUID | None, ballot: UUID | None) -> Member:
        """A place in the group, by the one fact that lets in: a placement accepted, or a ballot adopted (A-01)."""
        place = self.place
        row = place.add(
            "membership", id=place.id(at), group_id=self.id, person_id=who.id, alias=self.aliases.pop(),
            placement_id=placement, ballot_id=ballot, ballot_verdict="adopted" if ballot else None,
            generation=self.row["generation"], joined_at=at, left_at=None,
            excluded_by=None, excluded_verdict=None,
        )  # fmt: skip
        member = Member(row["id"], who, row)
        self.members.append(member)
        return member

    def settle(self) -> None:
        """Seats, from who is there and for whom one is kept. Last of all."""
        held = [(member.id, None) for member in self.there] + [(None, ballot) for ballot in self.kept]
        self.row["seats"] = max(self.row["seats"], len(held))
        for number, (member, ballot) in enumerate(held, start=1):
            self.place.add("seat", group_id=self.id, number=number, membership_id=member, ballot_id=ballot)


def found(place: Place, began: datetime, people: int, *, answered: bool = True) -> Life:
    """A group with people in it. `began`: its first meeting, or when that could be. `answered`: nobody is still asked."""
    created = began - place.between(25, 45)
    seats = max(5, min(8, people + place.chance.randint(1, 2)))
    row = place.add(
        "self_help_group", id=place.id(created), theme=place.pick("themes") if place.likely(0.75) else None,
        form=place.chance.choice(FORMS), area=place.pick("areas"), language=place.lists["language"], seats=seats,
        generation=1, generation_formed_at=created, closed_for_new_at=None, end_dropped_at=None,
        origin="organisation", starter_helps=False, offered_at=None,
        age_from=None, age_to=None, genders="all", in_common=None, shields_place=False,
        application_code=place.code(), created_at=created, version=1,
    )  # fmt: skip
    life = Life(place, GroupId(row["id"]), row, place.chance.sample(place.lists["aliases"], 14))
    place.add("generation", group_id=life.id, number=1, formed_at=created, ballot_id=None)
    for _ in range(people):
        asked = created + place.between(1, 8)
        who = comer(place, asked)
        accepted = asked + place.between(0.1, 5)
        placement = _placement(place, life.id, who, asked, accepted_at=accepted)
        member = life.join(who, accepted, placement=placement, ballot=None)
        if answered or place.likely(0.7):
            life.sign(member, accepted + place.between(0.01, 4))
    if place.likely(0.3):
        asked = created + place.between(1, 8)
        _placement(place, life.id, comer(place, asked), asked, declined_at=asked + place.between(0.1, 4))
    if not answered:
        for _ in range(min(3, seats - people)):
            asked = created + place.between(9, 20)
            _placement(place, life.id, comer(place, asked), asked)
    return life


def leave(life: Life, member: Member, at: datetime) -> None:
    """Somebody leaves: at once, and without a reason."""
    member.row["left_at"] = at


def become_another(life: Life, who: Someone, ballot: UUID, at: datetime) -> Member:
    """Somebody enters by the group's ballot: the group is another one, and everyone signs again (A-03, C-08)."""
    life.row["generation"] += 1
    life.row["generation_formed_at"] = at
    life.row["version"] += 1
    place = life.place
    place.add("generation", group_id=life.id, number=life.row["generation"], formed_at=at, ballot_id=ballot)
    newcomer = life.join(who, at, placement=None, ballot=ballot)
    life.sign(newcomer, at)
    for member in life.there:
        signs_at = at + place.between(0.1, 5)
        if member is not newcomer and signs_at < place.now:
            life.sign(member, signs_at)
    return newcomer


def comer(place: Place, asked: datetime) -> Someone:
    """Somebody who could take a place at that instant."""
    who = place.person(asked - place.between(3, 20))
    record_outcome(place, who, asked - place.between(0.5, 2))
    return who


def _placement(
    place: Place, group: GroupId, who: Someone, at: datetime, accepted_at: datetime | None = None,
    declined_at: datetime | None = None,
) -> UUID:  # fmt: skip
    row = place.add(
        "placement", id=place.id(at), group_id=group, person_id=who.id, invited_at=at, accepted_at=accepted_at,
        declined_at=declined_at, withdrawn_at=None,
    )  # fmt: skip
    id_: UUID = row["id"]
    return id_


ALMOST = timedelta(minutes=1)
"""The shortest that something lies behind us."""
