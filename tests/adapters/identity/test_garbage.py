"""Whatever is sent as a token: a refusal, never another exception."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.shared.errors import Unauthenticated
from tests.adapters.identity.forge import NOW, b64, compact, header, token, verifier

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["iss", "aud", "sub", "exp", "iat", "nbf", "scope", "acr", "client_id", "gty", "cnf"])
HEADERS = st.sampled_from(["alg", "kid", "typ", "crit", "jwk", "x5c", "b64", "cty"])
TEXT = st.text(max_size=200) | st.text(alphabet="abcXYZ019-_=.+/ ", max_size=9000)


async def is_refused(candidate: str) -> None:
    with pytest.raises(Unauthenticated):
        await verifier()(candidate, NOW)


@settings(max_examples=150, deadline=None)
@given(TEXT)
async def test_any_text(candidate: str) -> None:
    await is_refused(candidate)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.binary(max_size=300), min_size=2, max_size=6))
async def test_any_parts(parts: list[bytes]) -> None:
    await is_refused(".".join(b64(part) for part in parts))


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(HEADERS, JSON), JSON)
async def test_any_json(head: dict[str, object], body: object) -> None:
    signature = token().rsplit(".", 1)[1]
    await is_refused(".".join([b64(json.dumps(head).encode()), b64(json.dumps(body).encode()), signature]))


@settings(max_examples=150, deadline=None)
@given(NAMES, JSON)
async def test_any_value_in_a_signed_claim(name: str, value: Any) -> None:
    """Here some are right (a scope may be any text): no other exception is what counts."""
    try:
        await verifier()(token(**{name: value}), NOW)
    except Unauthenticated:
        pass


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=500))
async def test_any_signed_payload(body: bytes) -> None:
    await is_refused(compact(header(), body))
