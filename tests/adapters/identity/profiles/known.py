"""A verifier that knows one fake issuer, and what it said no to."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.adapters.identity.issuers import IssuerConfig
from app.adapters.identity.jose import JoseTokenVerifier
from app.adapters.identity.keys import Jwk
from app.adapters.identity.profiles import PROFILES
from app.adapters.identity.rules import RuleBroken
from app.domain.shared.assurance import Assurance
from app.domain.shared.errors import Unauthenticated
from app.services.ports.token_verifier import Possession
from tests.support.fake_issuer import AUDIENCE, FakeIssuer

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


@dataclass
class InMemory:
    """Remembers proofs; the real one is PostgreSQL's."""

    seen: set[bytes] = field(default_factory=set)

    async def use_once(self, digest: bytes, kept: timedelta) -> bool:
        """Whether it is the first time."""
        is_new = digest not in self.seen
        self.seen.add(digest)
        return is_new


@dataclass(frozen=True)
class Keys:
    """The issuer's keys without a fetch."""

    issuer: FakeIssuer

    async def find(self, kid: str, now: datetime) -> Jwk | None:
        """The key with exactly this id, or None."""
        return next(({"kid": key.kid, **key.public} for key in self.issuer.keys if key.kid == kid), None)


def config_of(issuer: FakeIssuer, acr: dict[str, Assurance] | None = None, **terms: Any) -> IssuerConfig:
    """The usual settings of this issuer's profile."""
    profile = PROFILES[issuer.kind](**terms)
    return IssuerConfig(
        issuer=issuer.issuer,
        audience=AUDIENCE,
        profile=profile,
        algorithms=profile.algorithms,
        typ=profile.typ,
        acr=profile.acr if acr is None else acr,
    )


def knowing(issuer: FakeIssuer, acr: dict[str, Assurance] | None = None, **terms: Any) -> JoseTokenVerifier:
    """A verifier of this issuer's tokens."""
    return JoseTokenVerifier([(config_of(issuer, acr, **terms), Keys(issuer))], InMemory())


async def rule_against(
    verify: JoseTokenVerifier, token: str, possession: Possession | None = None, now: datetime = NOW
) -> int:
    """The number of the rule that refused; fails where nothing did, or the time was told."""
    with pytest.raises(Unauthenticated) as refused:
        await verify(token, now, possession)
    assert type(refused.value) is Unauthenticated
    assert isinstance(refused.value.__cause__, RuleBroken)
    return refused.value.__cause__.rule
