"""Port: what there is to tell somebody, as of now."""

from typing import Protocol

from app.domain.messages.occasion import Occasion
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId


class Occasions(Protocol):
    """What one organisation has to tell a person: computed by what they themselves may see there now."""

    async def __call__(self, actor: Actor, organisation: OrganisationId, /) -> list[Occasion]: ...
