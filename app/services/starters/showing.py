"""Assignments made ready for showing, in as many statements for several as for one."""

from app.domain.groups.standing import Standing
from app.domain.shared.actor import Actor
from app.domain.shared.ids import AssignmentId
from app.domain.starters.assignment import AssignmentStatus
from app.domain.starters.ties import MOST_AT_ONCE
from app.services.ports.repositories import Seen
from app.services.ports.texts import Words
from app.services.starters.ports import AssignmentFacts, StartersUnitOfWork
from app.services.starters.views import AssignmentView, Looking


async def show(
    tx: StartersUnitOfWork, seen: Seen, facts: list[AssignmentFacts], actor: Actor, words: Words
) -> list[AssignmentView]:
    """Assignments of one group, as whoever looks may see them."""
    now = tx.now
    settings = (await tx.policies.holding(now)).settings
    looking = Looking(
        seen=seen,
        person=actor.person_id,
        now=now,
        zone=(await tx.organisations.get(seen.group.organisation_id)).time_zone,
        rests_on_lapse=settings.suspend_starter_on_lapse,
        words=words,
        language=actor.mark.language,
        follow_up_after=settings.follow_up_after_meetings,
    )
    meetings = await tx.assignments.meetings_of(seen.group.id)
    going_on = {
        each.assignment.person_id
        for each in facts
        if each.assignment.person_id is not None and not each.assignment.is_over(meetings, now)
    }
    training = await tx.qualifications.of(sorted(going_on), now) if going_on else {}
    alone = False
    if seen.standing is Standing.COORDINATOR:
        others = await tx.assignments.of_group(seen.group.id)
        alone = sum(not each.is_over(meetings, now) for each in others) < MOST_AT_ONCE
    views = []
    for each in facts:
        person = each.assignment.person_id
        known = training.get(person) if person is not None else None
        views.append(AssignmentView.of(each, meetings, known, looking, alone=alone))
    if seen.standing is Standing.STARTER:
        return [view for view in views if view.status is not AssignmentStatus.OVER]
    return views


async def show_one(
    tx: StartersUnitOfWork, seen: Seen, assignment: AssignmentId, actor: Actor, words: Words
) -> AssignmentView:
    """One assignment, as it is now."""
    (view,) = await show(tx, seen, [await tx.starter_reads.one(assignment)], actor, words)
    return view
