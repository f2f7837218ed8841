"""A recommendation: codes that a third party may hand out. They hold nothing about anyone (A-06).

Two facts that nothing joins. The *receipt* is the giver's: how many, when, until when. A *code* is a hash and an end,
and is gone with its use. So not even the tables can say whose code brought whom, and there is nothing to ask (P-h1).
"""

import hashlib
import re
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.domain.intake.errors import CodeNotUsable
from app.domain.shared.ids import OrganisationId, RecommendationId

CODE_BYTES = 20
"""160 bits of chance: 32 signs of base 32. Guessing is no way in, with or without a limit on attempts (P-h16)."""
CODE_SIGNS = 32
_CODE = re.compile(r"[A-Z2-7]{32}")


class RecommendationStatus(StrEnum):
    """All that a giver learns (P-h1)."""

    SENT = "sent"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """The giver's receipt for codes that they have handed out."""

    id: RecommendationId
    organisation_id: OrganisationId
    giver_id: UUID
    """A person's id, or that of a system's account."""
    how_many: int
    given_at: datetime
    expires_at: datetime

    def status(self, now: datetime) -> RecommendationStatus:
        """By the clock alone: it is the same whether or not a code was used."""
        return RecommendationStatus.SENT if now < self.expires_at else RecommendationStatus.EXPIRED


def code_from(chance: bytes) -> str:
    """A code, from chance: eight groups of four signs, none of which looks like another."""
    signs = b32encode(chance).decode()
    return "-".join(signs[at : at + 4] for at in range(0, CODE_SIGNS, 4))


def code_hash(code: str) -> bytes:
    """What is kept of a code: 256 bits of hash. Small letters, spaces and hyphens are forgiven; else `CodeNotUsable`."""
    signs = re.sub(r"[\s-]", "", code).upper()
    if _CODE.fullmatch(signs) is None:
        raise CodeNotUsable
    return hashlib.sha256(b"verksted recommendation " + signs.encode()).digest()
