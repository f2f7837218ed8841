"""Starters: who helped a group to begin, with an exit that was fixed before they did (X-01), and came to its end."""

from datetime import timedelta
from random import Random

from app.demo.world.ground import Row
from app.demo.world.life import Life
from app.domain.starters.exit_limit import ExitStep, Party, day_after


def help_to_start(life: Life) -> None:
    """A starter for a group that has just been founded, if there was somebody who could be given one then."""
    place = life.place
    assigned = life.row["created_at"] + place.between(1, 3)
    able = [helper.who for helper in place.helpers if helper.is_able and helper.able_from <= assigned]
    if not able or not place.likely(0.6):
        return
    who, held = place.chance.choice(able), place.settings
    id_ = place.id(assigned)
    place.add(
        "starter_assignment", id=id_, group_id=life.id, person_id=who.id, line_id=id_, assigned_at=assigned,
        counts_from=assigned, policy_version=1, ceiling_meetings=held.starter_max_meetings,
        ceiling_until=assigned + timedelta(days=held.starter_max_days), replaces_id=None, conflict_acknowledged=False,
        follow_up_on=None,
    )  # fmt: skip
    day = (assigned + timedelta(days=120)).date() if place.likely(0.3) else None
    first: Row = {
        "assignment_id": id_, "group_id": life.id, "line_id": id_, "latest_date": day, "ballot_id": None,
        "until": day_after(day, place.time_zone) if day else None, "max_meetings": held.starter_default_meetings,
    }  # fmt: skip
    place.add(
        "exit_version", number=1, step=ExitStep.FIXED, by=Party.COORDINATOR, recorded_at=assigned, **first
    )
    place.add(
        "starter_message", id=place.id(assigned + timedelta(hours=2)), group_id=life.id, assignment_id=id_,
        words=place.lists["starter_words"], written_at=assigned + timedelta(hours=2),
    )  # fmt: skip
    life.exit = first
    life.row["starter_helps"] = True


def talk_about_the_exit(life: Life) -> None:
    """At its second meeting the group says that it stays as agreed, or that it wants to be by itself sooner (X-05)."""
    first, place = life.exit, life.place
    # Drawn in any case: what follows in this world shall not depend on the calendar.
    sooner = place.likely(0.15)
    if first is None or len(life.starts) < 2 or life.starts[1] + timedelta(hours=2) > place.now:
        return
    said = {**first, "max_meetings": first["max_meetings"] - 1} if sooner else first
    step = ExitStep.SHORTENED if sooner else ExitStep.CONFIRMED
    at = life.starts[1] + timedelta(hours=1)
    place.add("exit_version", number=2, step=step, by=Party.GROUP, recorded_at=at, **said)


def invite_back(life: Life, meeting: Row, luck: Random) -> None:
    """The group invites its starter to one meeting that is still to come (X-07)."""
    place = life.place
    if luck.random() < 0.5 and life.exit is not None:
        place.add(
            "starter_visit", id=place.id(place.now, luck), group_id=life.id, assignment_id=life.exit["assignment_id"],
            meeting_id=meeting["id"], invited_at=place.now - timedelta(hours=4), withdrawn_at=None,
        )  # fmt: skip
