"""What a signed token has to say before we believe it (rules 9 to 14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from app.adapters.identity.issuers import IssuerConfig
from app.adapters.identity.rules import RuleBroken
from app.domain.shared.errors import TokenExpired
from app.services.ports.token_verifier import VerifiedToken

_LATEST = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())
_MAX_NAME_LENGTH = 255
_ONLY_IN_ID_TOKENS = frozenset({"nonce", "at_hash", "c_hash"})
_MACHINE_GRANTS = frozenset({"client-credentials", "client_credentials"})


@dataclass(frozen=True, slots=True)
class BelievedToken:
    """A token that keeps every rule, with the span of time in which it does. All times are UTC."""

    token: VerifiedToken
    valid_from: datetime
    """The later of `iat` and `nbf`, less the leeway."""
    valid_until: datetime
    """`exp`, with the leeway: from here on the token has expired."""


def believe(claims: Mapping[str, object], config: IssuerConfig, now: datetime) -> BelievedToken:
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
    subject, client_id, is_system = _who(claims)
    believed = BelievedToken(
        VerifiedToken(
            issuer=config.issuer,
            subject=subject,
            client_id=client_id,
            scopes=_scopes(claims),
            acr=_text(claims, "acr", rule=14),
            is_system=is_system,
            expires_at=expires_at,
        ),
        valid_from,
        expires_at + config.leeway,
    )
    if now >= believed.valid_until:
        raise TokenExpired
    return believed


def _lifetime(claims: Mapping[str, object], config: IssuerConfig) -> tuple[datetime, datetime]:
    """Rule 11: `exp` and `iat` are there, `nbf` may be, and the token doesn't live longer than agreed."""
    issued_at, expires_at = _time(claims, "iat"), _time(claims, "exp")
    if not issued_at < expires_at <= issued_at + config.max_lifetime:
        raise RuleBroken(11)
    not_before = _time(claims, "nbf") if "nbf" in claims else issued_at
    return max(issued_at, not_before) - config.leeway, expires_at


def _time(claims: Mapping[str, object], name: str) -> datetime:
    seconds = claims.get(name)
    if type(seconds) is not int or not 0 < seconds <= _LATEST:  # True is an int too, to isinstance
        raise RuleBroken(11)
    return datetime.fromtimestamp(seconds, UTC)


def _who(claims: Mapping[str, object]) -> tuple[str, str | None, bool]:
    """Rule 12: subject, client, and whether a machine speaks for itself.

    It does where there is no `sub` but a `client_id` (Maskinporten; the client is the subject then), where both
    are the same (RFC 9068 §2.2), or where `gty` says client credentials. In doubt a token is a machine's: no
    machine is ever a member of anything, so a mistake takes rights away and gives none.
    """
    if not _ONLY_IN_ID_TOKENS.isdisjoint(claims):
        raise RuleBroken(4)  # an ID token by any other name
    if "cnf" in claims:
        raise RuleBroken(12)  # bound to a key whose possession we don't check: as a bearer token it is stolen
    subject, client_id = _text(claims, "sub", rule=12), _text(claims, "client_id", rule=12)
    grant = _text(claims, "gty", rule=12)
    if subject is None:
        if client_id is None:
            raise RuleBroken(12)
        return client_id, client_id, True
    return subject, client_id, subject == client_id or grant in _MACHINE_GRANTS


def _scopes(claims: Mapping[str, object]) -> frozenset[str]:
    """Rule 13: from the signed token only; words in a string (RFC 9068), or a list of words (HelseID)."""
    scope = claims.get("scope", "")
    words = scope.split(" ") if isinstance(scope, str) else scope
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise RuleBroken(13)
    if not all(word.isprintable() and " " not in word for word in words):
        raise RuleBroken(13)
    return frozenset(word for word in words if word)


def _text(claims: Mapping[str, object], name: str, *, rule: int) -> str | None:
    """A short printable string, or None where the claim is absent (`null` is not absent, and is refused).

    Printable leaves out NUL and lone surrogates, which no table can hold.
    """
    if name not in claims:
        return None
    value = claims[name]
    if not isinstance(value, str) or not 0 < len(value) <= _MAX_NAME_LENGTH or not value.isprintable():
        raise RuleBroken(rule)
    return value
