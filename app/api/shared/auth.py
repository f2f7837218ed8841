"""Token → Actor: who asks, for both ways in."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import HTTPConnection
from starlette.types import Scope

from app.api.shared.exchange import AS_SENT
from app.api.shared.operations import Operation
from app.api.shared.problem_handlers import request_id_of
from app.api.shared.problems import note_proofs
from app.api.shared.ways import Ways
from app.content.texts import negotiate
from app.domain.shared.actor import Actor, RequestMark
from app.domain.shared.errors import Invalid, PersonNeeded, TokenExpired, Unauthenticated
from app.services.ports.token_verifier import Possession, VerifiedToken

KEY_PATTERN = r'^(?:"[\x21\x23-\x5b\x5d-\x7e]{1,200}"|[\x21\x23-\x5b\x5d-\x7e]{1,200})$'
"""An idempotency key: a string of structured fields (RFC 8941), or the same without its quotes."""
_KEY = re.compile(KEY_PATTERN)
REPLAYED = "idempotency_replayed"
_EXPIRES_AT = "token_expires_at"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a caller shows: the value of `Authorization`, and the proofs beside it (DPoP)."""

    authorization: str | None
    proofs: tuple[str, ...] = ()

    @staticmethod
    def of(request: HTTPConnection) -> "Credentials":
        """As they come with a request, in its headers."""
        return Credentials(request.headers.get("authorization"), tuple(request.headers.getlist("dpop")))


async def actor_of(
    request: HTTPConnection,
    ways: Ways,
    fingerprint: bytes | None = None,
    shown: Credentials | None = None,
) -> Actor:
    """Who asks. Without a token: nobody in particular, and each use case decides what that is good for.

    A token that is shown has to be good: `Unauthenticated` (or `TokenExpired`) otherwise, also on public paths.
    `fingerprint`: what is asked for, where an idempotency key may be honoured. `shown`: where it doesn't come in headers.
    """
    mark = RequestMark(
        request_id=request_id_of(request.scope),
        language=negotiate(request.headers.get("accept-language")),
        idempotency_key=_idempotency_key(request) if fingerprint is not None else None,
        fingerprint=hashlib.sha256(fingerprint).hexdigest() if fingerprint is not None else "",
        note_replay=lambda: setattr(request.state, REPLAYED, True),
    )
    if ways.takes_proofs:
        note_proofs(request.scope)
    shown = shown or Credentials.of(request)
    if shown.authorization is None:
        ways.limits.nobody(request.scope)
        return Actor(mark=mark)
    verified = await _verified(request.scope, ways, shown, shown.authorization)
    request.scope["state"][_EXPIRES_AT] = verified.expires_at
    who = verified.consumer or verified.subject
    ways.limits.caller(request.scope, verified.issuer, who, verified.is_system)
    person = None
    if not verified.is_system:
        person = await ways.logins.person_of(verified.issuer, verified.subject)
        if (
            verified.address_protected and person is not None
        ):  # before anything is shown of them to anybody (P-h13)
            await ways.logins.protect(verified.issuer, verified.subject, person)
    return Actor(
        issuer=verified.issuer,
        subject=verified.subject,
        person=person,
        client=verified.client_id,
        scopes=verified.scopes,
        is_system=verified.is_system,
        acr=verified.acr,
        assurance=verified.assurance,
        acr_values=verified.acr_values,
        consumer=verified.consumer,
        supplier=verified.supplier,
        address_protected=verified.address_protected,
        mark=mark,
    )


async def _verified(scope: Scope, ways: Ways, shown: Credentials, authorization: str) -> VerifiedToken:
    """What the token says that was shown."""
    scheme, _, token = authorization.partition(" ")
    scheme = scheme.lower()
    try:
        if scheme not in ("bearer", "dpop") or not token:
            raise Unauthenticated
        possession = _possession(scope, ways, shown.proofs) if scheme == "dpop" else None
        return await ways.verify(token.strip(), ways.clock(), possession)
    except TokenExpired:  # it was good, so nobody is guessing
        ways.limits.nobody(scope)
        raise
    except Unauthenticated:
        await ways.limits.bad_token(scope)
        raise


def require_login(actor: Actor, operation: Operation) -> None:
    """Refuse whoever shows no token, where one is needed, and whose login is too weak for this operation, and a
    system where only people can do something (A-06)."""
    if not operation.is_public and not actor.is_known:
        raise Unauthenticated
    if actor.is_system and not operation.lets_systems_in:
        raise PersonNeeded
    if operation.assurance is not None:
        actor.require(operation.assurance)


def require_person(actor: Actor) -> None:
    """Refuse whoever isn't a person with a login that has introduced itself."""
    if not actor.is_known:
        raise Unauthenticated
    _ = actor.person_id


def seconds_left(scope: Scope, ways: Ways) -> float:
    """For how long the token that came with this holds yet."""
    expires_at: datetime = scope["state"][_EXPIRES_AT]
    return (expires_at - ways.clock()).total_seconds()


def _possession(scope: Scope, ways: Ways, proofs: tuple[str, ...]) -> Possession:
    """The proof that came beside the token, and what it has to be a proof for: nothing of that is the caller's word."""
    if len(proofs) != 1:
        raise Unauthenticated
    path = scope.get("raw_path") or scope["path"].encode()
    method = scope["state"].get(AS_SENT, scope.get("method", "GET"))
    return Possession(proofs[0], method, f"{ways.public_url}{path.decode('latin-1')}")


def _idempotency_key(request: HTTPConnection) -> str | None:
    raw = request.headers.get("idempotency-key")
    if raw is None:
        return None
    if _KEY.fullmatch(raw) is None:
        raise Invalid("/idempotency-key")
    return raw.strip('"')
