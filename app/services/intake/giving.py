"""Who may give recommendations, and under which id their receipts stand."""

import hashlib
from uuid import UUID

from app.domain.intake.errors import NotAnInformer
from app.domain.intake.recommendation import INFORM_SCOPE
from app.domain.shared.actor import Actor
from app.services.intake.ports import IntakeUnitOfWork


async def giver_of(tx: IntakeUnitOfWork, actor: Actor) -> UUID:
    """The giver's id: somebody with a role in the organisation, or a system whose token says that it informs (R-12)."""
    if actor.is_system:
        if INFORM_SCOPE not in actor.scopes:
            raise NotAnInformer
        name = f"{actor.issuer}\x00{actor.client or actor.subject}".encode()
        return UUID(bytes=hashlib.sha256(b"giver\x00" + name).digest()[:16])
    person = actor.person_id
    if not await tx.roles.of(person):
        raise NotAnInformer
    return person
