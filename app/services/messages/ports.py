"""What the use cases of messages need."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.messages.kind import MessageKind
from app.domain.messages.message import Message
from app.domain.messages.occasion import Occasion
from app.domain.messages.settings import MessageSettings
from app.domain.shared.ids import MessageId, OrganisationId, PersonId
from app.services.ports.access_log import AccessLog
from app.services.ports.consents import Consents, Contacts
from app.services.ports.message_choices import MessageChoices
from app.services.ports.paging import Page, PageRequest
from app.services.ports.transaction import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whoever gets messages from an organisation, as far as messages have to know them."""

    settings: MessageSettings
    languages: tuple[str, ...]
    time_zone: str
    """The organisation's."""
    is_protected: bool

    @property
    def language(self) -> str:
        """The language that they are written to in."""
        return self.settings.language or next(iter(self.languages), "nb")

    @property
    def zone(self) -> str:
        """The zone of the clock on their wall."""
        return self.settings.time_zone or self.time_zone


class Messages(Protocol):
    """What was sent, and is being sent, in one organisation; and how people want it."""

    async def reader(self, person: PersonId) -> Reader:
        """`NotRegistered` for whoever has nothing to do with the organisation. It reads the clock."""

    async def put_settings(self, person: PersonId, settings: MessageSettings) -> None: ...
    async def take(self, person: PersonId, occasion: Occasion) -> Message:
        """The message of an occasion, locked: the one that there is, or a new one that nobody has tried to send."""

    async def lock(self, message: MessageId) -> Message | None: ...
    async def save(self, message: Message) -> None: ...
    async def find(self, person: PersonId, message: MessageId) -> Message | None:
        """One that is this person's."""

    async def tried(self, person: PersonId, occasions: Sequence[Occasion]) -> list[Message]:
        """Which of these there are messages of."""

    async def look_again(self, person: PersonId, at: datetime) -> None:
        """When to look next whether there is something to tell them."""


class MessageReads(Protocol):
    """Messages for showing."""

    async def of(self, person: PersonId, request: PageRequest) -> Page[Message]:
        """All of theirs, the newest first."""


class MessagesUnitOfWork(UnitOfWork, Protocol):
    """One transaction over somebody's messages from one organisation."""

    @property
    def messages(self) -> Messages: ...
    @property
    def message_reads(self) -> MessageReads: ...
    @property
    def message_choices(self) -> MessageChoices: ...
    @property
    def consents(self) -> Consents: ...
    @property
    def contacts(self) -> Contacts: ...
    @property
    def access_log(self) -> AccessLog: ...


class Desks(Protocol):
    """Whom to look at: ids alone."""

    async def claim(self, most: int) -> list[tuple[OrganisationId, PersonId]]:
        """Some of those whose time has come, of all organisations. For some minutes nobody else gets them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a turning-off address turns off."""

    organisation: OrganisationId
    person: PersonId
    kind: MessageKind
    language: str
    """The message's; its page speaks it, too. Looked up by the address, it would tell whether its reader is still there."""


class Addresses(Protocol):
    """The addresses that stand in a message."""

    def link(self, organisation: OrganisationId, message: MessageId, *, is_protected: bool) -> str:
        """Into the app: an id, and nothing that opens anything. An organisation's own app would tell where it is, so
        that whoever has a protected identity gets the service's."""

    def turn_off(self, choice: Choice) -> str:
        """Where a choice is dropped, by whoever has the address."""

    def opened(self, token: str) -> Choice:
        """What stands sealed in it; `NotFound` for anything that we haven't written."""
