"""Webhooks at which something is wrong, with the accounts that they are for."""

from sqlalchemy import or_, select

from app.adapters.postgres.repositories.systems import ACCOUNT, to_account
from app.adapters.postgres.repositories.webhooks import WEBHOOK, to_webhook
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.work import Work
from app.services.people.home_ports import Tended

_STRUGGLING = Statement(
    select(*WEBHOOK.columns)
    .where(
        WEBHOOK.c.organisation_id == p("organisation_id"),
        or_(WEBHOOK.c.failing_since.is_not(None), WEBHOOK.c.disabled_at.is_not(None)),
    )
    .order_by(WEBHOOK.c.registered_at.desc(), WEBHOOK.c.id)
)
_ACCOUNTS = Statement(select(*ACCOUNT.columns).where(ACCOUNT.c.organisation_id == p("organisation_id")))


async def struggling_webhooks(work: Work) -> list[Tended]:
    """See `HomeReads.struggling`: one statement, and one for all of their accounts where there is something wrong."""
    webhooks = [
        to_webhook(row) for row in await _STRUGGLING.fetch(work.connection, organisation_id=work.organisation)
    ]
    if all(each.system_id is None for each in webhooks):
        return [(each, None) for each in webhooks]
    rows = await _ACCOUNTS.fetch(work.connection, organisation_id=work.organisation)
    accounts = {row["id"]: to_account(row) for row in rows}
    return [(each, accounts.get(each.system_id)) for each in webhooks]
