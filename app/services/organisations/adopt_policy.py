"""Adopt a new version of the policy."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.audit.entry import Access, AccessedData, AccessPurpose, ActingAs, Deed
from app.domain.organisations.organisation import Role
from app.domain.organisations.policy import Policy, PolicyInThePast, PolicySettings, require_youth_allowed
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Stale
from app.domain.shared.events import Event
from app.domain.shared.ids import OrganisationId
from app.services.organisations.ports import OrganisationsUnitOfWork
from app.services.organisations.staff import require_role
from app.services.organisations.views import PolicyView
from app.services.ports.transaction import Transact


@dataclass(frozen=True, slots=True)
class AdoptPolicy:
    """Adopt a new version of your organisation's policy, from now or from a later instant on.

    What was begun under an older version ends under it (B-15); a scheduled version that would begin later is replaced.
    `version`: the newest that you have read.
    """

    transact: Transact[OrganisationsUnitOfWork]

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        version: int,
        settings: PolicySettings,
        effective_from: datetime | None = None,
    ) -> PolicyView:
        person = actor.person_id

        async def work(tx: OrganisationsUnitOfWork) -> PolicyView:
            await require_role(tx, person, Role.ADMINISTRATOR)
            now = await tx.read_clock()
            newest = await tx.policies.newest()
            if newest.version != version:
                raise Stale
            begins = effective_from or now
            if begins < now:
                raise PolicyInThePast("/effective_from")
            require_youth_allowed((await tx.organisations.get(organisation_id)).country, settings)
            policy = Policy(
                organisation_id=organisation_id,
                version=newest.version + 1,
                effective_from=begins,
                settings=settings,
            )
            await tx.policies.add(policy)
            await tx.access_log.note(
                actor,
                Access(
                    deed=Deed.ADOPTED,
                    data=AccessedData.POLICY,
                    acting_as=ActingAs.ADMINISTRATOR,
                    purpose=AccessPurpose.ADMINISTRATION,
                ),
            )
            tx.emit(Event("organisation.policy.adopted", organisation_id, {"organisation": organisation_id}))
            return PolicyView.of(policy, policy.version)

        return await self.transact.write(actor, organisation_id, work, answer=PolicyView)
