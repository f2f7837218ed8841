"""Token → Actor: who asks, for both ways in."""

import hashlib
import re

from starlette.requests import Request

from app.api.shared.problem_handlers import request_id_of
from app.api.shared.ways import Ways
from app.content.texts import negotiate
from app.domain.shared.actor import Actor, RequestMark
from app.domain.shared.errors import Invalid, Unauthenticated

KEY_PATTERN = r'^(?:"[\x21\x23-\x5b\x5d-\x7e]{1,200}"|[\x21\x23-\x5b\x5d-\x7e]{1,200})$'
"""An idempotency key: a string of structured fields (RFC 8941), or the same without its quotes."""
_KEY = re.compile(KEY_PATTERN)
REPLAYED = "idempotency_replayed"


async def actor_of(request: Request, ways: Ways, fingerprint: bytes | None = None) -> Actor:
    """Who asks. Without a token: nobody in particular, and each use case decides what that is good for.

    A token that is shown has to be good: `Unauthenticated` (or `TokenExpired`) otherwise, also on public paths.
    `fingerprint`: what is asked for, where an idempotency key may be honoured.
    """
    mark = RequestMark(
        request_id=request_id_of(request.scope),
        language=negotiate(request.headers.get("accept-language")),
        idempotency_key=_idempotency_key(request) if fingerprint is not None else None,
        fingerprint=hashlib.sha256(fingerprint).hexdigest() if fingerprint is not None else "",
        note_replay=lambda: setattr(request.state, REPLAYED, True),
    )
    credentials = request.headers.get("authorization")
    if credentials is None:
        return Actor(mark=mark)
    scheme, _, token = credentials.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated
    verified = await ways.verify(token.strip(), ways.clock())
    person = None
    if not verified.is_system:
        person = await ways.logins.person_of(verified.issuer, verified.subject)
    return Actor(
        issuer=verified.issuer,
        subject=verified.subject,
        person=person,
        client=verified.client_id,
        scopes=verified.scopes,
        is_system=verified.is_system,
        mark=mark,
    )


def require_known(actor: Actor) -> None:
    """Refuse whoever shows no token, where one is needed."""
    if not actor.is_known:
        raise Unauthenticated


def _idempotency_key(request: Request) -> str | None:
    raw = request.headers.get("idempotency-key")
    if raw is None:
        return None
    if _KEY.fullmatch(raw) is None:
        raise Invalid("/idempotency-key")
    return raw.strip('"')
