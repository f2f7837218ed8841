"""Messages for showing."""

from dataclasses import dataclass

from app.adapters.postgres.reads.paging import before_cursor, instant_and_id, page_of
from app.adapters.postgres.repositories.messages import MESSAGE, MESSAGES, OF_PERSON
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.work import Work
from app.domain.messages.message import Message
from app.domain.shared.ids import PersonId
from app.services.ports.paging import Page, PageRequest

_PAGE = Statement(
    OF_PERSON.where(before_cursor(MESSAGE.c.due_at, MESSAGE.c.id))
    .order_by(MESSAGE.c.due_at.desc(), MESSAGE.c.id.desc())
    .limit(p("limit"))
)


@dataclass(slots=True)
class PostgresMessageReads:
    """See `services.messages.ports.MessageReads`."""

    work: Work

    async def of(self, person: PersonId, request: PageRequest) -> Page[Message]:
        rows = await _PAGE.fetch(
            self.work.connection,
            limit=request.limit + 1,
            organisation_id=self.work.organisation,
            person_id=person,
            **instant_and_id(request.after),
        )
        return page_of(
            rows, request, MESSAGES.to_entity, lambda row: (row["due_at"].isoformat(), str(row["id"]))
        )
