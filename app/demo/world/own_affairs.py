"""What groups settle for themselves: ground rules that they have adopted, a starter who stays longer, and members who are
away for a while."""

from datetime import timedelta

from app.demo.world.ballots import ask, count
from app.demo.world.ground import Place
from app.demo.world.life import Life
from app.domain.admission.decision_rules import Verdict
from app.domain.admission.questions import Question
from app.domain.groups.ground_rules import AbsenceChannel
from app.domain.starters.exit_limit import ExitStep, Party


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


def ask_to_stay(life: Life) -> None:
    """After its second meeting the group wants its starter there for longer than was fixed, once, by a ballot (X-06)."""
    first, place = life.exit, life.place
    wanted = place.likely(0.15) or not _somebody_stays(place)
    if first is None or not wanted or len(life.starts) < 3 or life.starts[2] > place.now:
        return
    most = min(first["max_meetings"] + 2, place.settings.starter_max_meetings)
    opened = life.starts[1] + timedelta(hours=2, minutes=30)
    if (
        place.rows.tables["exit_version"][-1]["step"] is not ExitStep.CONFIRMED
        or most <= first["max_meetings"]
    ):
        return
    if life.starts[2] - opened < timedelta(days=6) or not life.voters:
        return
    ballot = ask(life, Question.LONGER_STAY, opened, assignment_id=first["assignment_id"], max_meetings=most)
    at = count(life, ballot, Verdict.ADOPTED)
    said = {**first, "max_meetings": most, "ballot_id": ballot["id"]}
    place.add("exit_version", number=3, step=ExitStep.EXTENDED, by=Party.GROUP, recorded_at=at, **said)


def _somebody_stays(place: Place) -> bool:
    return any(row["step"] is ExitStep.EXTENDED for row in place.rows.tables.get("exit_version", []))
