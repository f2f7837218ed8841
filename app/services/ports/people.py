"""Port: which organisations whoever asks has registered with, so that `/me` can look into each in turn."""

from typing import Protocol

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId, PersonId


class MyOrganisations(Protocol):
    """The organisations of whoever asks."""

    async def __call__(self, actor: Actor, /) -> list[OrganisationId]: ...


class Logins(Protocol):
    """Whose login this is."""

    async def person_of(self, issuer: str, subject: str) -> PersonId | None:
        """The person behind a login, or None for one that has not introduced itself."""

    async def protect(self, issuer: str, subject: str, person: PersonId) -> None:
        """A login says that this person's identity is protected; from now on it is. Twice is the same as once."""
