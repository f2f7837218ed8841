"""A system's account with an organisation: which machine may do what of a short list, for whom, and until when.

A system is known by what its token proves: the organisation that it acts for (Maskinporten's consumer), or issuer and
client. It is never a person, never sees one, and is a member of nothing (A-06, O-01).
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId, SystemId
from app.domain.systems.errors import (
    IssuerUnknown,
    LoginUnclear,
    NumberWrong,
    ScopeNeeded,
    SystemRevoked,
    TimeOutOfBounds,
)

LONGEST = timedelta(days=366)
"""Whoever needs it longer says so once a year."""
ICD = "0192"
"""The register of organisations that Maskinporten names them by (ISO 6523)."""

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2, 1)


class SystemScope(StrEnum):
    """What a system may be let do. A token says it as `verksted:NAME`, or Maskinporten's way, `PREFIX:verksted/NAME`."""

    COURSES_READ = "courses.read"
    """Courses with their milestones and places, never people (P-h14)."""
    COURSES_WRITE = "courses.write"
    """Announcing courses and noting their milestones, under the system's own ids; never who is in one (P-h14)."""
    EVENTS_READ = "events.read"
    """What has happened, in order: offers and policies, and courses with the scope that reads them; never people."""
    RECOMMENDATIONS_WRITE = "recommendations.write"
    """Codes to hand out, and the receipts for them; never whether one was used (P-h1)."""
    STATISTICS_READ = "statistics.read"
    """The figures that the organisation has published; never of fewer than they may tell of (P-h2)."""
    WEBHOOKS_WRITE = "webhooks.write"
    """Its own webhooks: where it has events sent, of those that it may follow (`events.read`)."""


class SystemState(StrEnum):
    """How an account stands."""

    AHEAD = "ahead"
    ACTIVE = "active"
    OVER = "over"
    REVOKED = "revoked"


@dataclass(slots=True, kw_only=True)
class SystemAccount:
    """What an administrator has registered."""

    id: SystemId
    organisation_id: OrganisationId
    name: str
    purpose: str
    """What it is for, in a sentence."""
    consumer: str | None
    """Number of the organisation that the system acts for; or else issuer and client."""
    suppliers: tuple[str, ...]
    """Numbers of those who may run it for the consumer; none: only the consumer itself."""
    issuer: str | None
    client_id: str | None
    scopes: tuple[SystemScope, ...]
    holds_from: datetime
    """Numbers change hands when municipalities merge: each account has its dates (P-h5)."""
    expires_at: datetime
    registered_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    """By the hour."""
    continued_by: SystemId | None = None
    """The account that goes on in its place, as its number is another one since (P-h5): receipts go with it."""
    version: int

    @property
    def login_id(self) -> UUID:
        """The id of the login that this account is for."""
        if self.consumer is not None:
            return login_of(consumer=f"{ICD}:{self.consumer}")
        return login_of(issuer=self.issuer, client=self.client_id)

    def require_whole(self) -> None:
        """Refuse an account of which it isn't clear whose it is."""
        by_client = self.issuer is not None and self.client_id is not None
        half = (self.issuer is None) != (self.client_id is None)
        if half or by_client == (self.consumer is not None) or (by_client and self.suppliers):
            raise LoginUnclear

    def require_known(self, issuers: Collection[str]) -> None:
        """Refuse an account that no token could ever fit: a number that is none, or an issuer that isn't believed.

        `issuers`: those whose tokens are accepted, as they write themselves.
        """
        if self.consumer is not None and not is_organisation_number(self.consumer):
            raise NumberWrong("/consumer")
        self.require_suppliers()
        if self.issuer is not None and self.issuer not in issuers:
            raise IssuerUnknown("/issuer")

    def require_suppliers(self) -> None:
        """Refuse a supplier's number that is none."""
        if not all(map(is_organisation_number, self.suppliers)):
            raise NumberWrong("/suppliers")

    def require_time(self, now: datetime) -> None:
        """Refuse an account without an end that is near enough."""
        if not max(now, self.holds_from) < self.expires_at <= now + LONGEST:
            raise TimeOutOfBounds("/expires_at")

    def require_not_revoked(self) -> None:
        """What was revoked stays revoked."""
        if self.revoked_at is not None:
            raise SystemRevoked

    def state(self, now: datetime) -> SystemState:
        """As of an instant; the same as the database decides when it lets a system in."""
        if self.revoked_at is not None:
            return SystemState.REVOKED
        if now < self.holds_from:
            return SystemState.AHEAD
        return SystemState.ACTIVE if now < self.expires_at else SystemState.OVER

    def allows(self, token_scopes: Iterable[str]) -> tuple[SystemScope, ...]:
        """What both the account and the token allow."""
        said = {plain_scope(scope) for scope in token_scopes}
        return tuple(scope for scope in self.scopes if scope in said)

    def require_scope(self, scope: SystemScope, token_scopes: Iterable[str]) -> None:
        """Refuse where the account or the token doesn't allow it."""
        if scope not in self.allows(token_scopes):
            raise ScopeNeeded(scope=scope.value)


def is_organisation_number(number: str) -> bool:
    """Whether nine digits are a number of the Norwegian register: the last is a check digit, modulus 11."""
    digits = [int(digit) for digit in number if digit in "0123456789"]
    if len(digits) != len(number) or len(digits) != len(_WEIGHTS):
        return False
    return sum(digit * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11 == 0


def plain_scope(scope: str) -> str:
    """The name of a scope of ours, as a token says it; nothing for any other."""
    prefix, _, name = scope.rpartition(":")
    if prefix == "verksted":
        return name
    return name.removeprefix("verksted/") if prefix and name.startswith("verksted/") else ""


def login_of(*, consumer: str | None = None, issuer: str | None = None, client: str | None = None) -> UUID:
    """The id of a system's login: a hash of its consumer (`0192:991825827`), or of issuer and client."""
    kind, first, second = ("consumer", consumer, "") if consumer is not None else ("client", issuer, client)
    return UUID(bytes=hashlib.sha256(f"{kind}\x00{first}\x00{second}".encode()).digest()[:16], version=4)


def login_of_actor(actor: Actor) -> UUID:
    """The login that a system's token proves. Where it names a consumer, that alone gives access (P-h5)."""
    if actor.consumer is not None:
        return login_of(consumer=actor.consumer)
    return login_of(issuer=actor.issuer, client=actor.client or actor.subject)
