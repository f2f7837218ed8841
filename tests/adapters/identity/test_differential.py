"""Two verifiers, one opinion: ours on python-jose, and joserfc with the same rules (A1, T14)."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.adapters.identity.jose import JoseTokenVerifier
from app.domain.shared.errors import Unauthenticated
from tests.adapters.identity.corpus import PUBLISHED, wrong_tokens
from tests.adapters.identity.forge import (
    ABSENT,
    AUDIENCE,
    CONFIG,
    ISSUER,
    NOW,
    SECONDS,
    Issuer,
    LocalKeys,
    jwk,
    token,
)
from tests.adapters.identity.oracle import oracle_accepts

WRONG = wrong_tokens()


def both(keys: list[dict[str, object]]) -> tuple[JoseTokenVerifier, list[dict[str, object]]]:
    return JoseTokenVerifier([(CONFIG, LocalKeys(Issuer(keys).document))]), keys


async def accepts(verify: JoseTokenVerifier, candidate: str) -> bool:
    """Whether we let it in; any other exception than a refusal fails the test."""
    try:
        await verify(candidate, NOW)
    except Unauthenticated:
        return False
    return True


def test_the_corpus_is_large_enough() -> None:
    assert len(WRONG) >= 60
    assert len(set(WRONG.values())) == len(WRONG)
    assert token() not in WRONG.values()


@pytest.mark.parametrize("key", ["ours", "other", "p256"])
async def test_good_tokens_are_accepted_by_both(key: str) -> None:
    verify, keys = both(PUBLISHED)
    good = token(key, {"kid": key, "alg": "ES256" if key == "p256" else "RS256"})
    assert await accepts(verify, good)
    assert oracle_accepts(good, keys, CONFIG, NOW)


@pytest.mark.parametrize("name", WRONG)
async def test_wrong_tokens_are_refused(name: str) -> None:
    verify, _ = both(PUBLISHED)
    assert not await accepts(verify, WRONG[name])
    assert not await accepts(verify, WRONG[name])  # and are not remembered


# What joserfc with the rules still lets in: other spellings of a good token, which our strict parser refuses.
MORE_LENIENT = {
    "last bit of the signature",
    "padding",
    "plain base64 alphabet",
    "NaN aside",
    "not UTF-8",
    "byte order mark",
}


@pytest.mark.parametrize("name", WRONG)
def test_the_oracle_sees_what_is_wrong_too(name: str) -> None:
    assert not oracle_accepts(WRONG[name], PUBLISHED, CONFIG, NOW) or name in MORE_LENIENT


CLAIMS: dict[str, list[Any]] = {
    "iss": [ISSUER, ISSUER, ISSUER, ISSUER + "/", None, ABSENT],
    "aud": [AUDIENCE, AUDIENCE, AUDIENCE, [AUDIENCE], [AUDIENCE, "x"], [], "x", None, ABSENT],
    "sub": ["per-1", "per-1", "web", "", 1, None, "\u0000", ABSENT],
    "client_id": ["web", "web", 1, "", ABSENT],
    "scope": ["a b", "a", "", ["a"], ["a b"], [1], 1, None, ABSENT],
    "acr": ["high", "high", 1, None, ABSENT],
    "iat": [SECONDS, SECONDS - 60, SECONDS + 30, SECONDS + 31, 0, -1, True, None, ABSENT],
    "exp": [
        SECONDS + 1,
        SECONDS + 600,
        SECONDS - 29,
        SECONDS - 30,
        SECONDS + 3600,
        SECONDS + 3601,
        True,
        ABSENT,
    ],
    "nbf": [ABSENT, ABSENT, ABSENT, SECONDS, SECONDS + 30, SECONDS + 31, -1, "0", None],
    "nonce": [ABSENT, ABSENT, ABSENT, ABSENT, "n"],
    "cnf": [ABSENT, ABSENT, ABSENT, ABSENT, {"jkt": "x"}],
}
HEADER: dict[str, list[Any]] = {
    "alg": ["RS256", "RS256", "RS256", "PS256", "HS256", "none", ABSENT],
    "typ": ["at+jwt", "at+jwt", "application/at+jwt", "AT+JWT", "JWT", ABSENT],
    "kid": ["ours", "ours", "ours", "other", "nobody", ABSENT],
    "crit": [ABSENT, ABSENT, ABSENT, ABSENT, ["x"], []],
    "jku": [ABSENT, ABSENT, "https://thief.example/jwks"],
}


def some_of(choices: dict[str, list[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Up to four names changed, all others left as they are in a good token."""
    return st.lists(st.sampled_from(sorted(choices)), max_size=4, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: st.sampled_from(choices[name]) for name in names})
    )


@settings(max_examples=250, deadline=None)
@given(head=some_of(HEADER), changes=some_of(CLAIMS), key=st.sampled_from(["ours", "ours", "ours", "other"]))
async def test_signed_tokens_of_every_kind_get_one_answer(
    head: dict[str, Any], changes: dict[str, Any], key: str
) -> None:
    verify, keys = both([jwk("ours"), jwk("other")])
    candidate = token(key, head, **changes)
    assert await accepts(verify, candidate) == oracle_accepts(candidate, keys, CONFIG, NOW)


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, 10_000), replacement=st.characters(min_codepoint=33, max_codepoint=126))
async def test_one_changed_character_is_always_refused(place: int, replacement: str) -> None:
    verify, _ = both(PUBLISHED)
    good = token()
    place %= len(good)
    changed = good[:place] + replacement + good[place + 1 :]
    assert await accepts(verify, changed) == (changed == good)
