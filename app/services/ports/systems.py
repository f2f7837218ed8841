"""Systems' accounts, and the one way in which a use case lets a system do something."""

from typing import Protocol

from app.domain.shared.actor import Actor
from app.domain.shared.ids import SystemId
from app.domain.systems.account import SystemAccount, SystemScope
from app.domain.systems.errors import SystemNotAdmitted
from app.services.ports.transaction import UnitOfWork


class SystemAccounts(Protocol):
    """The accounts of an organisation's systems."""

    async def add(self, account: SystemAccount) -> None:
        """`SystemKnown` where this login has one that isn't revoked."""

    async def get(self, system: SystemId) -> SystemAccount:
        """Read, clock included; `SystemNotFound` where there is none."""

    async def lock(self, system: SystemId) -> SystemAccount:
        """The same, locked; the clock is read after the lock."""

    async def save(self, account: SystemAccount) -> None: ...
    async def line_of(self, system: SystemId) -> list[SystemId]:
        """This account, and all that go on in it."""

    async def admitted(self) -> SystemAccount | None:
        """The account by which the database has let this transaction's system in; None where it hasn't."""


class LetsSystemsIn(UnitOfWork, Protocol):
    """A transaction in which systems can do something."""

    @property
    def system_accounts(self) -> SystemAccounts: ...


async def admitted(tx: LetsSystemsIn, actor: Actor, scope: SystemScope) -> SystemAccount:
    """The account of the system that asks, if it may do this.

    No account, one that is over or revoked, another supplier: `SystemNotAdmitted`, alike. `ScopeNeeded` is for those who
    have an account.
    """
    account = await tx.system_accounts.admitted()
    if account is None:
        raise SystemNotAdmitted
    account.require_scope(scope, actor.scopes)
    return account
