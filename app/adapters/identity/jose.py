"""The token verifier: the rules in their order, and a memory for tokens that have kept them."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from app.adapters.identity.claims import BelievedToken, believe
from app.adapters.identity.compact import check_header, measure, take_apart
from app.adapters.identity.dpop import Proofs, require_proof
from app.adapters.identity.issuers import IssuerConfig
from app.adapters.identity.keys import Jwk, KeySource, fit_key
from app.adapters.identity.rules import RuleBroken
from app.adapters.identity.signature import verify_signature
from app.domain.shared.errors import TokenExpired, Unauthenticated
from app.services.ports.token_verifier import Possession, VerifiedToken


@dataclass(frozen=True, slots=True)
class _Remembered:
    """A token that has been verified, and the key that did it."""

    believed: BelievedToken
    keys: KeySource
    kid: str
    jwk: Jwk


class JoseTokenVerifier:
    """Implements `TokenVerifier` for a fixed set of issuers.

    Verified tokens are remembered by their SHA-256 until they expire, `remembered` of them at most, the least
    recently used going first. The issuer's key is looked up for those too, each time: once it is withdrawn or
    replaced in the key source, tokens that it signed are refused at once. Refusals are never remembered.
    """

    def __init__(
        self,
        trusted: Iterable[tuple[IssuerConfig, KeySource]],
        proofs: Proofs | None = None,
        *,
        remembered: int = 4096,
    ) -> None:
        """`proofs` is needed where an issuer's tokens are bound to keys. `ValueError` for what can't be meant."""
        self._trusted: dict[str, tuple[IssuerConfig, KeySource]] = {}
        for config, keys in trusted:
            if config.issuer in self._trusted:
                raise ValueError("an issuer is configured twice")
            if config.profile.demands_proof and proofs is None:
                raise ValueError("proofs have to be remembered somewhere")
            self._trusted[config.issuer] = config, keys
        self._proofs = proofs
        self._limit = remembered
        self._memory: OrderedDict[bytes, _Remembered] = OrderedDict()

    async def __call__(
        self, token: str, now: datetime, possession: Possession | None = None
    ) -> VerifiedToken:
        """The token's signed claims. `now` is UTC. Raises `Unauthenticated`, `TokenExpired` or `Busy` alone."""
        try:
            digest = sha256(measure(token)).digest()
            believed = await self._recall(digest, now)
            if believed is None:
                believed = await self._look_at(token, digest, now)
            if believed.bound_to is not None or possession is not None:
                await self._require_proof(believed, digest, possession, now)
            return believed.token
        except RuleBroken as broken:
            raise Unauthenticated from broken

    async def _require_proof(
        self, believed: BelievedToken, digest: bytes, possession: Possession | None, now: datetime
    ) -> None:
        """An issuer's tokens come either with a proof or without one, never sometimes so and sometimes so."""
        if believed.bound_to is None or possession is None or self._proofs is None:
            raise RuleBroken(15)
        await require_proof(possession, digest, believed.bound_to, self._proofs, now)

    async def _look_at(self, token: str, digest: bytes, now: datetime) -> BelievedToken:
        parts = take_apart(token)
        issuer = parts.claims.get("iss")
        if not isinstance(issuer, str) or issuer not in self._trusted:
            raise RuleBroken(6)
        config, keys = self._trusted[issuer]
        algorithm, kid = check_header(parts.header, config)
        jwk = await keys.find(kid, now)
        if jwk is None:
            raise RuleBroken(7)
        if verify_signature(token, fit_key(jwk, algorithm)) != parts.payload:
            raise RuleBroken(8)  # the library read something else than we did
        believed = believe(parts.claims, config, now)
        self._remember(digest, _Remembered(believed, keys, kid, jwk))
        return believed

    async def _recall(self, digest: bytes, now: datetime) -> BelievedToken | None:
        known = self._memory.get(digest)
        if known is None:
            return None
        if now >= known.believed.valid_until:
            self._memory.pop(digest, None)
            raise TokenExpired
        if now < known.believed.valid_from or await known.keys.find(known.kid, now) != known.jwk:
            self._memory.pop(digest, None)  # the long way tells what is wrong
            return None
        if digest in self._memory:  # another request may have pushed it out while we waited for the key
            self._memory.move_to_end(digest)
        return known.believed

    def _remember(self, digest: bytes, entry: _Remembered) -> None:
        self._memory[digest] = entry
        while len(self._memory) > self._limit:
            self._memory.popitem(last=False)
