"""What a signed token has to say before we believe it (rules 9 to 16)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from app.adapters.identity.issuers import IssuerConfig
from app.adapters.identity.rules import RuleBroken
from app.adapters.identity.values import Claims, text
from app.domain.shared.errors import TokenExpired
from app.services.ports.token_verifier import VerifiedToken

_LATEST = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())
_ONLY_IN_ID_TOKENS = frozenset({"nonce", "at_hash", "c_hash"})


@dataclass(frozen=True, slots=True)
class BelievedToken:
    """A token that keeps every rule, with the span of time in which it does. All times are UTC."""

    token: VerifiedToken
    valid_from: datetime
    """The later of `iat` and `nbf`, less the leeway."""
    valid_until: datetime
    """`exp`, with the leeway: from here on the token has expired."""
    bound_to: str | None = None
    """The thumbprint of the key that its holder has to prove to have (DPoP); None for a bearer token."""


def believe(claims: Claims, config: IssuerConfig, now: datetime) -> BelievedToken:
    """The token that these signed claims make.

    Raises `RuleBroken`; `TokenExpired` only where everything else is right, so that the one reason we tell is
    told to nobody but the holder of a real token.
    """
    if claims.get("iss") != config.issuer:
        raise RuleBroken(9)
    if claims.get("aud") not in (config.audience, [config.audience]):  # ours, and nobody else's beside us
        raise RuleBroken(10)
    valid_from, expires_at = _lifetime(claims, config)
    if now < valid_from:
        raise RuleBroken(11)
    if not _ONLY_IN_ID_TOKENS.isdisjoint(claims):
        raise RuleBroken(4)  # an ID token by any other name
    said = config.profile.read(claims)
    acr = text(claims, "acr", rule=14)
    strength = config.profile.strength(claims, config.assurance_of(acr))
    believed = BelievedToken(
        VerifiedToken(
            issuer=config.issuer,
            subject=said.subject,
            client_id=said.client_id,
            scopes=_scopes(claims),
            acr=acr,
            is_system=said.is_system,
            expires_at=expires_at,
            assurance=None if said.is_system else strength,
            acr_values=config.acr_values,
            consumer=said.consumer,
            supplier=said.supplier,
            address_protected=said.address_protected,
        ),
        valid_from,
        expires_at + config.leeway,
        _bound_to(claims, config),
    )
    if now >= believed.valid_until:
        raise TokenExpired
    return believed


def _lifetime(claims: Claims, config: IssuerConfig) -> tuple[datetime, datetime]:
    """Rule 11: `exp` and `iat` are there, `nbf` may be, and the token doesn't live longer than agreed."""
    issued_at, expires_at = _time(claims, "iat"), _time(claims, "exp")
    if not issued_at < expires_at <= issued_at + config.max_lifetime:
        raise RuleBroken(11)
    not_before = _time(claims, "nbf") if "nbf" in claims else issued_at
    return max(issued_at, not_before) - config.leeway, expires_at


def _time(claims: Claims, name: str) -> datetime:
    seconds = claims.get(name)
    if type(seconds) is not int or not 0 < seconds <= _LATEST:  # True is an int too, to isinstance
        raise RuleBroken(11)
    return datetime.fromtimestamp(seconds, UTC)


def _scopes(claims: Claims) -> frozenset[str]:
    """Rule 13: from the signed token only; words in a string (RFC 9068), or a list of words (HelseID)."""
    scope = claims.get("scope", "")
    words = scope.split(" ") if isinstance(scope, str) else scope
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise RuleBroken(13)
    if not all(word.isprintable() and " " not in word for word in words):
        raise RuleBroken(13)
    return frozenset(word for word in words if word)


def _bound_to(claims: Claims, config: IssuerConfig) -> str | None:
    """Rule 15: the key that a token is bound to. Where proofs aren't asked for, such a token is a stolen one."""
    bound = claims.get("cnf")
    if not config.profile.demands_proof:
        if "cnf" in claims:
            raise RuleBroken(15)
        return None
    if not isinstance(bound, dict) or bound.keys() != {"jkt"}:
        raise RuleBroken(15)
    return text(bound, "jkt", rule=15)
