"""See all that is held about oneself."""

from dataclasses import dataclass

from app.domain.shared.actor import Actor
from app.services.keeping.gathering import Gather
from app.services.keeping.views import MyDataView


@dataclass(frozen=True, slots=True)
class ReadMyData:
    """See everything that is held about you, in all your organisations; it is also your copy, to take along.

    Made from the data inventory: for each sort of thing what it is for, how long it is kept, who sees it, and every
    entry. What isn't in it is named, with the reason: nobody can open a sealed vote, and other people's names and numbers
    aren't yours. In what others have written about you, addresses and numbers are masked.
    """

    gather: Gather

    async def __call__(self, actor: Actor) -> MyDataView:
        return await self.gather(actor)
