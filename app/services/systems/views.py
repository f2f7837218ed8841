"""How systems' accounts are shown: to administrators, and to the system itself. Nothing here is about a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.domain.shared.ids import OrganisationId, SystemId
from app.domain.systems.account import SystemAccount, SystemScope, SystemState
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemAccountView:
    """A system's account, for the organisation's administrators."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: SystemId
    """Id of the account."""
    organisation_id: OrganisationId
    """The organisation."""
    name: str
    """What the system is called."""
    purpose: str
    """What it is for."""
    consumer: str | None
    """Number of the organisation that it acts for (Maskinporten's consumer), if it is known by that."""
    suppliers: list[str]
    """Numbers of the organisations that may run it for the consumer; none: only the consumer itself."""
    issuer: str | None
    """The issuer of its tokens, if it is known by issuer and client."""
    client_id: str | None
    """Its client id there."""
    scopes: list[SystemScope]
    """What it may do, where its token says so, too."""
    state: SystemState
    """How the account stands now."""
    holds_from: datetime
    """From when it holds (UTC)."""
    expires_at: datetime
    """Until when (UTC)."""
    registered_at: datetime
    """When it was registered (UTC)."""
    revoked_at: datetime | None
    """When it was revoked (UTC)."""
    last_used_at: datetime | None
    """The hour in which it was last used (UTC); null: never."""
    continued_by: SystemId | None
    """The account that goes on in its place, if there is one."""
    version: int
    """Rises with each change; send it back when you change something."""

    @classmethod
    def of(cls, account: SystemAccount, now: datetime) -> "SystemAccountView":
        """The account as it stands at an instant."""
        return cls(
            id=account.id,
            organisation_id=account.organisation_id,
            name=account.name,
            purpose=account.purpose,
            consumer=account.consumer,
            suppliers=list(account.suppliers),
            issuer=account.issuer,
            client_id=account.client_id,
            scopes=list(account.scopes),
            state=account.state(now),
            holds_from=account.holds_from,
            expires_at=account.expires_at,
            registered_at=account.registered_at,
            revoked_at=account.revoked_at,
            last_used_at=account.last_used_at,
            continued_by=account.continued_by,
            version=account.version,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSystemView:
    """What a system is here, for whoever integrates it."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: SystemId
    """Id of its account."""
    organisation_id: OrganisationId
    """The organisation."""
    name: str
    """What it is called here."""
    scopes: list[SystemScope]
    """What both the account and this token allow."""
    missing_in_token: list[SystemScope]
    """What the account allows and this token doesn't ask for."""
    expires_at: datetime
    """Until when the account holds (UTC)."""

    @classmethod
    def of(cls, account: SystemAccount, token_scopes: Iterable[str]) -> "OwnSystemView":
        """The account as its own system sees it."""
        allowed = account.allows(token_scopes)
        return cls(
            id=account.id,
            organisation_id=account.organisation_id,
            name=account.name,
            scopes=list(allowed),
            missing_in_token=[scope for scope in account.scopes if scope not in allowed],
            expires_at=account.expires_at,
        )
