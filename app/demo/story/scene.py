"""What the chapters of the story hand on to each other."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.demo.teller import StoryBroke, Teller

FOUNDERS = {"anna": "Alke", "bjorn": "Bever", "cecilie": "Cikade", "david": "Due", "eli": "Elg"}
"""Who is in the group from the start, and under which alias."""
AHEAD = timedelta(seconds=3)
"""How far ahead a meeting is planned that the story waits for."""
PATIENCE_S = 15.0
"""How long it waits for one at most, in seconds: a busy machine may be slow, and clocks differ."""


@dataclass
class Scene:
    """Where the story is: its teller, and the ids that it has come by."""

    t: Teller
    organisation: str = ""
    course: str = ""
    sign_up_code: str = ""
    group: str = ""
    assignment: str = ""
    application_code: str = ""
    application: str = ""
    meetings: list[str] = field(default_factory=list)
    """The group's first meetings, in their order."""
    people: dict[str, str] = field(default_factory=dict)
    """Ids of those whom the centre knows."""

    @property
    def centre(self) -> str:
        """Where everything of the organisation begins."""
        return f"/v1/organisations/{self.organisation}"

    @property
    def room(self) -> str:
        """Where everything of the group begins."""
        return f"/v1/groups/{self.group}"

    async def introduce(self, *names: str) -> None:
        """These people introduce and register themselves."""
        for name in names:
            self.people[name] = await self.t.introduce(name, self.organisation)

    async def declare_ready(self, *names: str) -> None:
        """These people say themselves that a group is right for them."""
        for name in names:
            await self.t.rest(name, "POST", f"{self.centre}/my-readiness")

    async def begun(self, meeting: str, who: str) -> Any:
        """Wait until a meeting has begun, as the server sees it; the meeting."""
        give_up = time.monotonic() + PATIENCE_S
        while time.monotonic() < give_up:
            seen = await self.t.rest(who, "GET", f"/v1/meetings/{meeting}")
            if seen["status"] == "held":
                return seen
            await asyncio.sleep(0.25)
        raise StoryBroke(f"the meeting {meeting} has not begun")

    def soon(self) -> str:
        """A moment ahead, as the server's clock has it."""
        return (self.t.server_now() + AHEAD).isoformat()

    def in_days(self, days: int) -> datetime:
        """So many days ahead, at a full hour."""
        return (self.t.server_now() + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)


def require(holds: bool, what: str) -> None:
    """Break the story where something isn't as it has to be."""
    if not holds:
        raise StoryBroke(what)
