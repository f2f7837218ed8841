"""Consents for showing."""

from dataclasses import dataclass

from app.adapters.postgres.reads.paging import before_cursor, instant_and_id, page_of
from app.adapters.postgres.repositories.consents import CONSENT, CONSENTS, OF_PERSON
from app.adapters.postgres.statements import Statement, p
from app.adapters.postgres.work import Work
from app.domain.people.consent import Consent
from app.domain.shared.ids import PersonId
from app.services.ports.paging import Page, PageRequest

_HISTORY = Statement(
    OF_PERSON.where(before_cursor(CONSENT.c.given_at, CONSENT.c.id))
    .order_by(CONSENT.c.given_at.desc(), CONSENT.c.id.desc())
    .limit(p("limit"))
)


@dataclass(slots=True)
class PostgresConsentReads:
    """See `services.people.ports.ConsentReads`."""

    work: Work

    async def history(self, person: PersonId, request: PageRequest) -> Page[Consent]:
        rows = await _HISTORY.fetch(
            self.work.connection,
            limit=request.limit + 1,
            organisation_id=self.work.organisation,
            person_id=person,
            **instant_and_id(request.after),
        )
        return page_of(
            rows, request, CONSENTS.to_entity, lambda row: (row["given_at"].isoformat(), str(row["id"]))
        )
