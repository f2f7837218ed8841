"""What registering an interest and activating a recommendation share: it is the person's own act (A-07)."""

from app.domain.intake.interest import Interest, Wishes, kept_for, require_old_enough
from app.domain.organisations.organisation import NotRegistered
from app.domain.shared.ids import OrganisationId, PersonId
from app.services.intake.ports import IntakeUnitOfWork
from app.services.intake.views import InterestView


async def require_registered(tx: IntakeUnitOfWork, person: PersonId, says_so: bool) -> None:
    """Refuse whoever isn't registered with the organisation, or is too young for its groups (G-08)."""
    if not await tx.registrations.has(person):
        raise NotRegistered
    minimum = (await tx.policies.holding(await tx.read_clock())).settings.open_from_age
    require_old_enough(says_so, minimum)


async def put_interest(
    tx: IntakeUnitOfWork, organisation: OrganisationId, person: PersonId, wishes: Wishes
) -> InterestView:
    """Keep the interest for as long as the organisation's policy says, from now."""
    await tx.intake_retention.purge(tx.now)
    days = (await tx.policies.holding(tx.now)).settings.interest_days
    interest = Interest(
        organisation_id=organisation,
        person_id=person,
        wishes=wishes,
        registered_at=tx.now,
        kept_until=kept_for(tx.now, days),
        has_private_wish=False,
    )
    await tx.interests.put(interest)
    view = await tx.intake_reads.interest(person, tx.now)
    assert view is not None
    return view
