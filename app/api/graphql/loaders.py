"""DataLoaders: relations of many objects in one batch, each through a use case that authorises. New for each request."""

from strawberry.dataloader import DataLoader

from app.domain.shared.actor import Actor
from app.domain.shared.ids import GroupId
from app.services.meetings.views import MeetingView
from app.services.registry import Services

UPCOMING = 5
"""How many meetings a group shows as upcoming."""


class Loaders:
    """The relations that are loaded in batches."""

    def __init__(self, services: Services, actor: Actor) -> None:
        async def upcoming(groups: list[GroupId]) -> list[list[MeetingView]]:
            found = await services.meetings.list_upcoming(actor, groups, UPCOMING)
            return [found.get(group, []) for group in groups]

        self.upcoming_meetings: DataLoader[GroupId, list[MeetingView]] = DataLoader(load_fn=upcoming)
