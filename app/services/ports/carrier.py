"""Port: what carries a message to a person. There is one: mail. Push and text messages would be others, by this port."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.messages.tone import Tone
from app.domain.people.contact import ContactKind
from app.domain.shared.ids import MessageId


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """All that a carrier knows: an address, how urgent, in which language, where to look. Not who, nor about what."""

    id: MessageId
    """The same at each attempt."""
    address: str
    """Where it goes, as the person has given it."""
    tone: Tone
    language: str
    answer_by: datetime | None
    """UTC."""
    time_zone: str
    link: str
    """Into the app, which asks who it is."""
    turn_off: str
    """Where these messages are turned off, without a login."""


class NotNow(Exception):
    """It couldn't be carried this time; later it may."""


class RefusedForGood(Exception):
    """This address takes nothing from us: nobody tries again."""


class Carrier(Protocol):
    """Carries letters by one way of reaching people."""

    @property
    def by(self) -> ContactKind:
        """The way."""

    async def carry(self, letter: Letter) -> None:
        """Hand it over. Returns when somebody else has taken responsibility for it; `NotNow`, `RefusedForGood`."""
