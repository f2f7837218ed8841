"""Port: words that people confide, sealed before they reach the database."""

from typing import Protocol
from uuid import UUID

from app.domain.shared.ids import OrganisationId


class Vault(Protocol):
    """Seals short texts and opens them again.

    What is sealed is bound to its place: it can't be opened in another organisation, row or purpose. A key can be
    replaced: what was sealed under an earlier one can still be opened.
    """

    def seal(self, organisation: OrganisationId, row: UUID, purpose: str, words: str) -> bytes:
        """Seal words for one place. Twice the same words never look the same."""

    def open(self, organisation: OrganisationId, row: UUID, purpose: str, sealed: bytes) -> str | None:
        """The words again; None where no key of ours opens it (any more)."""
