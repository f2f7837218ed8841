"""What the use cases of people need: a transaction of one person, across all organisations."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol, TypeVar

from app.domain.people.person import Person
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId, PersonId

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
    async def put(self, person: Person) -> None: ...
    async def link_login(self, person: PersonId) -> None: ...
    async def organisations(self, person: PersonId) -> list[OrganisationId]: ...


class TransactPersonally(Protocol):
    """Runs work in a transaction of whoever asks, outside every organisation."""

    async def __call__(self, actor: Actor, work: Callable[[PersonalUnitOfWork], Awaitable[R]], /) -> R: ...
