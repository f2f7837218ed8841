"""Systems' accounts for showing."""

from dataclasses import dataclass

from sqlalchemy import Uuid, or_, tuple_

from app.adapters.postgres.reads.paging import instant_and_id, page_of
from app.adapters.postgres.repositories.systems import ACCOUNT, LOAD_ACCOUNTS, to_account
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.work import Work
from app.domain.systems.account import SystemAccount
from app.services.ports.paging import Page, PageRequest

_PAGE = Statement(
    LOAD_ACCOUNTS.where(
        or_(
            p("after_at", ACCOUNT.c.registered_at.type).is_(None),
            tuple_(ACCOUNT.c.registered_at, ACCOUNT.c.id) < tuple_(p("after_at"), p("after_id", Uuid)),
        )
    )
    .order_by(ACCOUNT.c.registered_at.desc(), ACCOUNT.c.id.desc())
    .limit(p("limit"))
)


@dataclass(slots=True)
class PostgresSystemReads:
    """See `services.systems.ports.SystemReads`."""

    work: Work

    async def page(self, request: PageRequest) -> Page[SystemAccount]:
        rows = await _PAGE.fetch(
            self.work.connection,
            **self.work.scope(limit=request.limit + 1, **instant_and_id(request.after)),
        )
        return page_of(
            rows, request, to_account, lambda row: (row["registered_at"].isoformat(), str(row["id"]))
        )
