"""What the use cases of systems need of a transaction."""

from typing import Protocol

from app.domain.systems.account import SystemAccount
from app.services.ports.access_log import AccessLog
from app.services.ports.paging import Page, PageRequest
from app.services.ports.repositories import Organisations, Roles
from app.services.ports.systems import SystemAccounts
from app.services.ports.transaction import UnitOfWork


class SystemReads(Protocol):
    """Accounts for showing."""

    async def page(self, request: PageRequest) -> Page[SystemAccount]:
        """All of the organisation's, the newest first."""


class SystemsUnitOfWork(UnitOfWork, Protocol):
    """One transaction over an organisation's systems."""

    @property
    def organisations(self) -> Organisations: ...
    @property
    def roles(self) -> Roles: ...
    @property
    def access_log(self) -> AccessLog: ...
    @property
    def system_accounts(self) -> SystemAccounts: ...
    @property
    def system_reads(self) -> SystemReads: ...
