"""Assign a starter to a forming group."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import AssignmentId, GroupId, PersonId, organisation_of
from app.domain.starters.assignment import Assignment
from app.domain.starters.exit_limit import ExitLimit, day_after
from app.services.ports.texts import Words
from app.services.ports.transaction import Transact
from app.services.starters.assigning import require_assignable
from app.services.starters.ports import StartersUnitOfWork
from app.services.starters.seeing import staffed_group
from app.services.starters.showing import show_one
from app.services.starters.views import AssignmentView


@dataclass(frozen=True, slots=True)
class AssignStarter:
    """Assign a starter to a forming group, and fix their exit with it: a latest day, a number of meetings, or both (X-01).

    Without either, the organisation's usual number of meetings holds; past its ceiling nobody stays (X-03). Only a
    volunteer who is assignable today, and never somebody who is, was or wants to be in that group (I-12, X-10).
    """

    transact: Transact[StartersUnitOfWork]
    words: Words

    async def __call__(
        self,
        actor: Actor,
        group_id: GroupId,
        person_id: PersonId,
        latest_date: date | None = None,
        max_meetings: int | None = None,
        acknowledge_intake_conflict: bool = False,
    ) -> AssignmentView:
        coordinator = actor.person_id

        async def work(tx: StartersUnitOfWork) -> AssignmentView:
            seen = await staffed_group(tx, group_id, coordinator)
            seen.group.require_forming(tx.now)
            meetings = await tx.assignments.meetings_of(group_id)
            others = await tx.assignments.of_group(group_id)
            conflict = await require_assignable(
                tx,
                seen.group,
                person_id,
                acknowledged=acknowledge_intake_conflict,
                active=sum(not each.is_over(meetings, tx.now) for each in others),
            )
            now = await tx.read_clock()
            policy = await tx.policies.holding(now)
            settings = policy.settings
            zone = (await tx.organisations.get(seen.group.organisation_id)).time_zone
            number = AssignmentId(tx.new_id())
            assignment = Assignment(
                id=number,
                organisation_id=seen.group.organisation_id,
                group_id=group_id,
                person_id=person_id,
                line_id=number,
                assigned_at=now,
                counts_from=now,
                policy_version=policy.version,
                ceiling_meetings=settings.starter_max_meetings,
                ceiling_until=day_after(
                    now.astimezone(ZoneInfo(zone)).date() + timedelta(days=settings.starter_max_days), zone
                ),
                replaces_id=None,
                conflict_acknowledged=conflict,
                follow_up_on=None,
            )
            usual = min(settings.starter_default_meetings, settings.starter_max_meetings)
            if latest_date is None and max_meetings is None:
                limit = ExitLimit.of(None, usual, zone)
            else:
                limit = ExitLimit.of(latest_date, max_meetings, zone)
            assignment.fix_exit(limit, now)
            await tx.assignments.add(assignment)
            await tx.access_log.note(
                actor,
                Access(
                    deed=Deed.ASSIGNED,
                    data=AccessedData.STARTER_ASSIGNMENT,
                    acting_as=ActingAs.COORDINATOR,
                    purpose=AccessPurpose.HELPING_A_GROUP_TO_START,
                    about=person_id,
                    row=number,
                ),
            )
            tx.emit(Event("group.starter.assigned", group_id, {"group": group_id, "assignment": number}))
            return await show_one(tx, seen, number, actor, self.words)

        return await self.transact.write(actor, organisation_of(group_id), work, answer=AssignmentView)
