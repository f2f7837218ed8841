"""Tokens that have been verified once are remembered, and forgotten in time."""

from datetime import timedelta

import pytest

from app.adapters.identity import jose
from app.adapters.identity.jose import JoseTokenVerifier
from app.adapters.identity.keys import PublicKey
from app.adapters.identity.signature import verify_signature
from app.domain.shared.errors import TokenExpired, Unauthenticated
from tests.adapters.identity.forge import CONFIG, NOW, Issuer, LocalKeys, jwk, token


@pytest.fixture
def verifications(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tokens whose signatures were really verified."""
    seen: list[str] = []

    def counted(candidate: str, key: PublicKey) -> bytes:
        seen.append(candidate)
        return verify_signature(candidate, key)

    monkeypatch.setattr(jose, "verify_signature", counted)
    return seen


def remembering(issuer: Issuer, remembered: int = 4096) -> JoseTokenVerifier:
    return JoseTokenVerifier([(CONFIG, LocalKeys(issuer.document))], remembered=remembered)


async def test_a_signature_is_verified_once(verifications: list[str]) -> None:
    verify, good = remembering(Issuer()), token()
    first = await verify(good, NOW)
    assert await verify(good, NOW + timedelta(minutes=5)) == first
    assert verifications == [good]


async def test_until_it_expires(verifications: list[str]) -> None:
    verify, good = remembering(Issuer()), token()
    await verify(good, NOW)
    await verify(good, NOW + timedelta(seconds=629))
    for _ in range(2):
        with pytest.raises(TokenExpired):
            await verify(good, NOW + timedelta(seconds=630))
    assert len(verifications) == 2


async def test_not_before_it_begins(verifications: list[str]) -> None:
    verify, good = remembering(Issuer()), token()
    await verify(good, NOW)
    with pytest.raises(Unauthenticated):
        await verify(good, NOW - timedelta(hours=1))


@pytest.mark.parametrize(
    "published", [[], [jwk("other")], [jwk("other", kid="ours")], [jwk("ours", use="enc")]]
)
async def test_a_key_that_is_withdrawn_or_replaced_takes_its_tokens_along(
    published: list[dict[str, object]],
) -> None:
    issuer = Issuer()
    verify, good = remembering(issuer), token()
    await verify(good, NOW)
    issuer.published = published
    with pytest.raises(Unauthenticated):
        await verify(good, NOW)


async def test_the_least_recently_used_goes_first(verifications: list[str]) -> None:
    verify = remembering(Issuer(), remembered=2)
    first, second, third = (token(sub=f"per-{number}") for number in range(3))
    for candidate in (first, second, first, third):
        await verify(candidate, NOW)
    assert verifications == [first, second, third]
    await verify(first, NOW)
    await verify(second, NOW)
    assert verifications == [first, second, third, second]


async def test_refusals_are_not_remembered(verifications: list[str]) -> None:
    issuer = Issuer([])
    verify, good = remembering(issuer), token()
    with pytest.raises(Unauthenticated):
        await verify(good, NOW)
    issuer.published = [jwk("ours")]
    assert (await verify(good, NOW)).subject == "per-1"
