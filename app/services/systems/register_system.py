"""Register a system."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from app.domain.audit.entry import Deed
from app.domain.people.national_id import refuse_national_id_in_words
from app.domain.shared.actor import Actor
from app.domain.shared.events import Event
from app.domain.shared.ids import OrganisationId, SystemId
from app.domain.systems.account import SystemAccount, SystemScope
from app.services.ports.transaction import Transact
from app.services.systems.ports import SystemsUnitOfWork
from app.services.systems.staff import note, require_administrator
from app.services.systems.views import SystemAccountView


@dataclass(frozen=True, slots=True)
class RegisterSystem:
    """Let a system into your organisation: which one, for what, with which scopes, until when.

    It is known by what its tokens prove: the number of the organisation that it acts for (Maskinporten's consumer) and of
    those who may run it for them, or its issuer and client id. An account ends within a year, and can be renewed.
    No system sees a person, and none is a member of anything (A-06, O-01).

    Where a municipality gets another number, or several merge, its new account `continues` the earlier ones: what they have
    given stays its own (P-h5). Each account has its own days; those of the earlier ones stay as they are.
    """

    transact: Transact[SystemsUnitOfWork]
    issuers: Collection[str]
    """Whose tokens are believed, as they write themselves."""

    async def __call__(
        self,
        actor: Actor,
        organisation_id: OrganisationId,
        name: str,
        purpose: str,
        scopes: list[SystemScope],
        expires_at: datetime,
        consumer: str | None = None,
        suppliers: list[str] | None = None,
        issuer: str | None = None,
        client_id: str | None = None,
        holds_from: datetime | None = None,
        continues: list[SystemId] | None = None,
    ) -> SystemAccountView:
        person = actor.person_id

        async def work(tx: SystemsUnitOfWork) -> SystemAccountView:
            await require_administrator(tx, person)
            refuse_national_id_in_words(name, "/name")
            refuse_national_id_in_words(purpose, "/purpose")
            now = await tx.read_clock()
            account = SystemAccount(
                id=SystemId(tx.new_id()),
                organisation_id=organisation_id,
                name=name,
                purpose=purpose,
                consumer=consumer,
                suppliers=tuple(sorted(set(suppliers or ()))),
                issuer=issuer,
                client_id=client_id,
                scopes=tuple(sorted(set(scopes))),
                holds_from=holds_from or now,
                expires_at=expires_at,
                registered_at=now,
                revoked_at=None,
                last_used_at=None,
                version=1,
            )
            account.require_whole()
            account.require_known(self.issuers)
            account.require_time(now)
            await tx.system_accounts.add(account)
            await note(tx, actor, Deed.GRANTED, account.id)
            for each in sorted(set(continues or ())):
                earlier = await tx.system_accounts.lock(each)
                earlier.continued_by = account.id
                await tx.system_accounts.save(earlier)
            tx.emit(Event("system.registered", account.id, {"system": account.id}))
            return SystemAccountView.of(account, now)

        return await self.transact.write(actor, organisation_id, work, answer=SystemAccountView)
