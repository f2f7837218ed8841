"""Deliveries for showing."""

from dataclasses import dataclass

from sqlalchemy import Text, Uuid, or_, select, tuple_

from app.adapters.postgres.reads.paging import instant_and_id, page_of
from app.adapters.postgres.repositories.webhooks import DELIVERY, OF_IT, to_delivery
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.work import Work
from app.domain.events.delivery import Delivery, DeliveryState
from app.domain.shared.ids import WebhookId
from app.services.ports.paging import Page, PageRequest

_STATE = p("state", Text)
_PAGE = Statement(
    select(*DELIVERY.columns)
    .where(
        OF_IT,
        or_(_STATE.is_(None), DELIVERY.c.state == _STATE),
        or_(
            p("after_at", DELIVERY.c.made_at.type).is_(None),
            tuple_(DELIVERY.c.made_at, DELIVERY.c.event_id) < tuple_(p("after_at"), p("after_id", Uuid)),
        ),
    )
    .order_by(DELIVERY.c.made_at.desc(), DELIVERY.c.event_id.desc())
    .limit(p("limit"))
)


@dataclass(slots=True)
class PostgresDeliveryReads:
    """See `services.events.webhook_ports.DeliveryReads`."""

    work: Work

    async def page(
        self, webhook: WebhookId, state: DeliveryState | None, request: PageRequest
    ) -> Page[Delivery]:
        rows = await _PAGE.fetch(
            self.work.connection,
            organisation_id=self.work.organisation,
            webhook=webhook,
            state=state,
            limit=request.limit + 1,
            **instant_and_id(request.after),
        )
        return page_of(
            rows, request, to_delivery, lambda row: (row["made_at"].isoformat(), str(row["event_id"]))
        )
