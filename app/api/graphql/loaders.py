"""Relations of many objects in one batch, each through a use case that authorises. New for each request."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Generic, TypeVar

from strawberry.dataloader import DataLoader

from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId
from app.services.meetings.views import MeetingView
from app.services.registry import Services

UPCOMING = 5
"""How many meetings a group shows as upcoming."""
K = TypeVar("K")
V = TypeVar("V")


class Batch(Generic[K, V]):
    """One relation: what is known of it in this request, and a loader for the rest."""

    def __init__(self, load: Callable[[list[K]], Awaitable[Mapping[K, list[V]]]]) -> None:
        self.known: dict[K, list[V]] = {}
        """Lists by the key of their owner; whoever looks ahead puts them here."""
        # Of what is known, and not of `self`: a batch that its own loader knows of outlives the request, with all that
        # was loaded for it, until the collector looks at everything.
        self._loader: DataLoader[K, list[V]] = DataLoader(load_fn=partial(_missing, load, self.known))

    async def of(self, key: K) -> list[V]:
        """The list of one owner."""
        known = self.known.get(key)
        return await self._loader.load(key) if known is None else known

    async def of_all(self, keys: list[K]) -> list[list[V]]:
        """The lists of many owners."""
        return await self._loader.load_many(keys)


async def _missing(
    load: Callable[[list[K]], Awaitable[Mapping[K, list[V]]]], known: dict[K, list[V]], keys: list[K]
) -> list[list[V]]:
    found = await load(keys)
    lists = [found.get(key, []) for key in keys]
    known.update(zip(keys, lists, strict=True))
    return lists


class Loaders:
    """The relations that are loaded in batches."""

    def __init__(self, services: Services, actor: Actor) -> None:
        async def upcoming(groups: list[GroupId]) -> dict[GroupId, list[MeetingView]]:
            return await services.meetings.list_upcoming(actor, groups, UPCOMING)

        self.upcoming_meetings: Batch[GroupId, MeetingView] = Batch(upcoming)
