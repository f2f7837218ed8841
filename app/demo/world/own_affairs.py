"""What groups settle for themselves: ground rules that they have adopted, and members who are away for a while."""

from datetime import timedelta

from app.demo.world.ballots import ask, count
from app.demo.world.life import Life
from app.domain.admission.decision_rules import Verdict
from app.domain.admission.questions import Question
from app.domain.groups.ground_rules import AbsenceChannel


def agree(life: Life) -> None:
    """The group adopts ground rules of its own, soon after its beginning (G-15)."""
    place, lists = life.place, life.place.lists
    at = life.starts[0] + timedelta(hours=3)
    row = place.add(
        "ground_rules", id=place.id(at), group_id=life.id, drafted_at=at, rhythm=lists["rhythm"],
        absence_channel=place.chance.choice(list(AbsenceChannel)), absence_hours=place.chance.choice((3, 12, 24)),
        refreshments=lists["refreshments"], breaks=lists["breaks"] if place.likely(0.6) else None, decision_rule=None,
        points=place.chance.sample(lists["points"], 2),
    )  # fmt: skip
    count(
        life,
        ask(life, Question.GROUND_RULES, at + timedelta(hours=1), ground_rules_id=row["id"]),
        Verdict.ADOPTED,
    )


def be_away(life: Life) -> None:
    """A member is on leave for a while; why, nobody asks (B-05)."""
    place, member = life.place, life.there[-1]
    place.add(
        "member_leave", membership_id=member.id, group_id=life.id, starts_at=place.now - place.between(1, 8),
        ends_at=place.now + place.between(5, 30),
    )  # fmt: skip
