"""How much one caller may ask for: who is counted as one, which quotas hold, and what the answer says of them.

The general quota is counted in this process, by a look into a dictionary (docs/adr). Where guessing could pay, the
database counts for all replicas together; this process remembers its answer, so that a flood doesn't reach it.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv6Address, ip_address
from time import monotonic
from typing import Any

from starlette.types import Scope

from app.api.shared.buckets import Buckets, Left
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Busy, TooMany
from app.services.ports.attempts import Attempts, Quota

_STATE = "limits"
_CALLER = "caller"
_COST_OF_ONE = 100
"""Objects that a GraphQL request may load for the price of one request."""


class Limited(StrEnum):
    """What is limited more strictly than a request as such."""

    GUESSING = "guessing"
    """A code is tried here; counted for all replicas together."""
    EXPENSIVE = "expensive"
    """It costs much more than a look at something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotas:
    """Which quotas hold."""

    person: Quota
    system: Quota
    address: Quota
    """For those without a token. One address can be a whole municipality's."""
    guessing: Quota
    tokens: Quota
    """Tokens of an address that don't verify."""
    expensive: Quota
    rows: Quota = field(default_factory=lambda: Quota(6000, 60))
    """Rows of imports: whoever sends them faster is read more slowly, and never refused."""
    replicas: int = 1
    """What is counted in each process is divided by so many."""

    def of_a_replica(self, quota: Quota) -> Quota:
        """What of a quota is a single replica's."""
        return Quota(max(1, quota.count // self.replicas), quota.seconds)


@dataclass(slots=True)
class _Shared:
    """A quota that the database counts; what it has answered is remembered here."""

    name: str
    quota: Quota
    attempts: Attempts
    known: Buckets = field(init=False)

    def __post_init__(self) -> None:
        self.known = Buckets(self.quota)

    async def take(self, who: str, now: float) -> Left:
        known = self.known.take(who, now)
        if not known.is_allowed:
            return known
        backlog = await self.attempts.take(self.name, who, self.quota)
        if backlog is not None:
            return self.known.fill(who, now, backlog)
        # Somebody else's replica has counted, too. Nobody is told to wait for less than it takes.
        full = self.quota.seconds
        self.known.fill(who, now, full)
        return Left(False, 0, full, self.quota.wait(full))


class Limits:
    """Counts what callers ask for, refuses what is too much (`TooMany`), and notes for the answer what is left."""

    def __init__(
        self,
        quotas: Quotas,
        attempts: Attempts,
        *,
        is_on: bool = True,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._is_on, self._clock = is_on, clock
        self._person = Buckets(quotas.of_a_replica(quotas.person))
        self._system = Buckets(quotas.of_a_replica(quotas.system))
        self._address = Buckets(quotas.of_a_replica(quotas.address))
        self._expensive = Buckets(quotas.of_a_replica(quotas.expensive))
        self._rows = Buckets(quotas.of_a_replica(quotas.rows))
        self._guessing = _Shared("guessing", quotas.guessing, attempts)
        self._tokens = _Shared("tokens", quotas.tokens, attempts)

    def nobody(self, scope: Scope) -> None:
        """Somebody without a token asks: their address counts."""
        if self._is_on:
            self._count(scope, self._address, address_of(scope))

    def caller(self, scope: Scope, issuer: str, subject: str, is_system: bool) -> None:
        """Somebody asks whose token is good."""
        if self._is_on:
            self._count(scope, self._system if is_system else self._person, (issuer, subject))

    async def bad_token(self, scope: Scope) -> None:
        """A token came that isn't good. Those that are good pass from the same address, however many weren't."""
        if not self._is_on:
            return
        try:
            left = await self._tokens.take(address_of(scope), self._clock())
        except Busy:
            return  # it is refused in any case
        _note(scope, "tokens", self._tokens.quota, left)

    async def before(self, limited: Limited, actor: Actor, scope: Scope) -> None:
        """Somebody is about to do what is limited more strictly. Each attempt counts, whatever comes of it: so the
        answer to a wrong code and the answer to one that was used look the same (P-h16)."""
        if not self._is_on:
            return
        who = f"{actor.issuer}\x00{actor.subject}" if actor.is_known else address_of(scope)
        if limited is Limited.GUESSING:
            _note(scope, limited, self._guessing.quota, await self._guessing.take(who, self._clock()))
        else:
            _note(scope, limited, self._expensive.quota, self._expensive.take(who, self._clock()))

    def row(self, actor: Actor) -> int:
        """Whole seconds to wait before the next row of an import is read; 0: none."""
        if not self._is_on:
            return 0
        left = self._rows.take((actor.issuer, actor.consumer or actor.subject), self._clock())
        return 0 if left.is_allowed else max(1, left.wait)

    def costs(self, scope: Scope, cost: int) -> None:
        """A GraphQL request loads so many objects: it counts as several where they are many."""
        counted: tuple[Buckets, Hashable] | None = scope["state"].get(_CALLER)
        if counted is not None and cost >= _COST_OF_ONE:
            buckets, who = counted
            left = buckets.charge(who, self._clock(), cost // _COST_OF_ONE)
            scope["state"][_STATE]["burst"] = (buckets.quota, left)

    def _count(self, scope: Scope, buckets: Buckets, who: Hashable) -> None:
        left = buckets.take(who, self._clock())
        state = scope["state"]
        state[_CALLER] = buckets, who
        state[_STATE] = {"burst": (buckets.quota, left)}
        if not left.is_allowed:
            raise TooMany(retry_after=left.wait)


def _note(scope: Scope, name: str, quota: Quota, left: Left) -> None:
    scope["state"].setdefault(_STATE, {})[name] = (quota, left)
    if not left.is_allowed:
        raise TooMany(retry_after=left.wait)


def told(state: dict[str, Any]) -> list[tuple[bytes, bytes]]:
    """What an answer says of the quotas that it has met (draft-ietf-httpapi-ratelimit-headers)."""
    met: dict[str, tuple[Quota, Left]] | None = state.get(_STATE)
    if not met:
        return []
    policies = lefts = ""
    for name, (quota, left) in met.items():
        between = ", " if policies else ""
        policies += f'{between}"{name}";q={quota.count};w={quota.seconds}'
        lefts += f'{between}"{name}";r={left.remaining};t={left.whole_in}'
    return [(b"ratelimit-policy", policies.encode()), (b"ratelimit", lefts.encode())]


def address_of(scope: Scope) -> str:
    """Where a request comes from; of an IPv6 address the half that names a network, as the rest is free to choose."""
    client = scope.get("client")
    address = str(client[0]) if client else ""
    if ":" not in address:
        return address
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address):
        mapped = parsed.ipv4_mapped
        return str(mapped) if mapped is not None else parsed.packed[:8].hex()
    return str(parsed)
