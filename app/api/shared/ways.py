"""What every way in is given by bootstrap."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.api.shared.cursors import CursorCodec
from app.content.texts import Texts
from app.services.ports.people import Logins
from app.services.ports.token_verifier import TokenVerifier
from app.services.registry import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The use cases, and what it takes to know who asks and to answer them."""

    services: Services
    verify: TokenVerifier
    logins: Logins
    cursors: CursorCodec
    texts: Texts
    clock: Callable[[], datetime]
    """UTC, of this machine: for tokens and cursors only. Whatever is decided goes by the database's clock."""
