"""Apply to a group that already meets."""

from dataclasses import dataclass
from datetime import timedelta

from app.domain.admission.application import Application
from app.domain.admission.errors import AlreadyApplied, GroupNotOpen, TooSoonToApply
from app.domain.groups.errors import AlreadyMember, GroupNotFound
from app.domain.intake.outcome import require_group_outcome
from app.domain.organisations.organisation import NotRegistered
from app.domain.organisations.policy import IntakeMode, PolicySettings
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import ApplicationId, GroupId, OrganisationId, PersonId
from app.services.admission.ports import AdmissionUnitOfWork
from app.services.admission.views import ApplicationView
from app.services.ports.counting import require_counted
from app.services.ports.texts import Words
from app.services.ports.transaction import Door, Transact


@dataclass(frozen=True, slots=True)
class Apply:
    """Apply to a group that is open for new people, in your own words (A-07, C-10).

    The group sees the alias and the introduction, and the name that people know you by only if you give it: nobody can
    object to an alias, and somebody in the group may be somebody whom you would rather not meet, or who knows you (B-21).
    """

    transact: Transact[AdmissionUnitOfWork]
    words: Words

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        application_code: str,
        alias: str,
        introduction: str,
        known_as: str | None = None,
    ) -> ApplicationView:
        person = actor.person_id

        async def work(tx: AdmissionUnitOfWork) -> ApplicationView:
            country = (await tx.organisations.get(organisation_id)).country
            if not await tx.registrations.has(person):
                raise NotRegistered
            group_id = await tx.admission_reads.group_by_code(application_code)
            if group_id is None:
                raise GroupNotFound
            seen = await tx.standings.lock(group_id, person)
            require_counted(await tx.ballots.lock_live(group_id), tx.now)
            now = await tx.read_clock()
            if seen.membership_id is not None:
                raise AlreadyMember
            if not seen.group.is_open_for_new(now):
                raise GroupNotOpen
            settings = (await tx.policies.holding(now)).settings
            await _require_no_other(tx, group_id, person, settings)
            require_group_outcome(
                await tx.intake_outcomes.latest(person),
                now,
                settings.intake_mode is IntakeMode.CONVERSATION_REQUIRED,
            )
            application = Application(
                id=ApplicationId(tx.new_id()),
                organisation_id=organisation_id,
                group_id=group_id,
                applicant_id=person,
                alias=alias,
                introduction=introduction,
                known_as=known_as,
                applied_at=now,
                waits_until=now + timedelta(days=settings.application_wait_days),
                withdrawn_at=None,
                declined_at=None,
                entered_at=None,
                last_ballot=None,
            )
            await tx.applications.add(application)
            ids = {"group": group_id, "application": application.id}
            tx.emit(Event("group.application.received", group_id, ids))
            return ApplicationView.for_applicant(application, now, self.words, actor.mark.language, country)

        return await self.transact.write(
            actor, organisation_id, work, door=Door.PUBLIC, answer=ApplicationView
        )


async def _require_no_other(
    tx: AdmissionUnitOfWork, group: GroupId, person: PersonId, settings: PolicySettings
) -> None:
    """One application at a time, and a rest after a decision (B-23). One that has ended by itself is noted as ended."""
    last = await tx.applications.last_of(group, person)
    if last is None:
        return
    if last.stage(tx.now).is_live:
        raise AlreadyApplied
    rested_from = last.ended_without_a_place_at(tx.now)
    if rested_from is not None:
        until = rested_from + timedelta(days=settings.reapply_after_days)
        if tx.now < until:
            raise TooSoonToApply(until=until.date().isoformat())
    await tx.applications.close_ended(last, tx.now)
