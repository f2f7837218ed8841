"""What every way in is given by bootstrap."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from app.api.shared.cursors import CursorCodec
from app.api.shared.even import Even
from app.api.shared.limits import Limits
from app.content.texts import Texts
from app.domain.shared.actor import Actor
from app.services.ports.people import Logins
from app.services.ports.token_verifier import TokenVerifier
from app.services.registry import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The use cases, and what it takes to know who asks and to answer them."""

    services: Services
    verify: TokenVerifier
    logins: Logins
    limits: Limits
    cursors: CursorCodec
    texts: Texts
    clock: Callable[[], datetime]
    """UTC, of this machine: for tokens and cursors only. Whatever is decided goes by the database's clock."""
    public_url: str
    """Where we are reached, as we publish it; no header of a request can change that."""
    even: Even
    """Makes refusals that nothing is there come at whole steps of time."""
    free_documents: Callable[[Actor], bool] = lambda actor: True
    """Whether somebody's own GraphQL documents are carried out, beside the trusted ones."""
    pause: Callable[[float], Awaitable[object]] = asyncio.sleep
    """Waits for so many seconds: what comes faster than it may is read more slowly."""
    takes_proofs: bool = False
    """Whether tokens of an issuer are bound to keys (DPoP)."""
