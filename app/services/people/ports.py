"""What the use cases of people need: a transaction of one person, across all organisations; and, for what they have agreed
on with one organisation, a transaction in that one."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol, TypeVar

from app.domain.people.consent import Consent
from app.domain.people.person import Person
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId, PersonId
from app.services.ports.access_log import AccessLog
from app.services.ports.consents import Consents, Contacts
from app.services.ports.leaving import LeavingUnitOfWork
from app.services.ports.message_choices import MessageChoices
from app.services.ports.paging import Page, PageRequest
from app.services.ports.repositories import Organisations, Registrations

R = TypeVar("R")


class PersonalUnitOfWork(Protocol):
    """One transaction in which only this one person, and this one login, can be seen."""

    @property
    def now(self) -> datetime: ...
    async def read_clock(self) -> datetime: ...
    def new_person_id(self) -> PersonId: ...
    async def owner_of_login(self) -> PersonId | None:
        """Whose login this is; None until it has introduced itself."""

    async def become(self, person: PersonId) -> None:
        """Go on in this transaction as this person."""

    async def find(self, person: PersonId) -> Person | None: ...
    async def lock(self, person: PersonId) -> Person | None:
        """Lock this person, so that whoever registers them anywhere meanwhile waits and sees what follows."""

    async def put(self, person: Person) -> None: ...
    async def put_protection(self, person: Person) -> None:
        """Save whether their identity is protected, here and in each organisation that they have registered with."""

    async def link_login(self, person: PersonId) -> None: ...
    async def organisations(self, person: PersonId) -> list[OrganisationId]: ...
    @property
    def access_log(self) -> AccessLog:
        """For what happens outside of every organisation (consents, a copy, an erasure)."""


class TransactPersonally(Protocol):
    """Runs work in a transaction of whoever asks, outside every organisation."""

    async def __call__(self, actor: Actor, work: Callable[[PersonalUnitOfWork], Awaitable[R]], /) -> R: ...


class ConsentReads(Protocol):
    """Consents for showing."""

    async def history(self, person: PersonId, request: PageRequest) -> Page[Consent]:
        """All that this person has given in the organisation, the newest first."""


class ConsentsUnitOfWork(LeavingUnitOfWork, Protocol):
    """One transaction over somebody's consents in one organisation, and over what rests on them."""

    @property
    def access_log(self) -> AccessLog: ...

    @property
    def consents(self) -> Consents: ...
    @property
    def consent_reads(self) -> ConsentReads: ...
    @property
    def contacts(self) -> Contacts: ...
    @property
    def message_choices(self) -> MessageChoices: ...
    @property
    def registrations(self) -> Registrations: ...
    @property
    def organisations(self) -> Organisations: ...
