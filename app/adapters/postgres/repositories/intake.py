"""Interests, recommendations, readings, and what goes by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import LargeBinary, and_, case, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.repositories.access_log import ENTRY
from app.adapters.postgres.repositories.assessments import ASSESSMENT, CONFLICT, TEXT
from app.adapters.postgres.repositories.members import REGISTRATION
from app.adapters.postgres.sealing import opened_name, registered_name
from app.adapters.postgres.statements import Statement, inserting, p
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.intake import (
    IntakeReadingRow,
    InterestRow,
    RecommendationCodeRow,
    RecommendationRow,
)
from app.adapters.postgres.work import Work
from app.domain.audit.entry import KEPT_DAYS
from app.domain.intake.interest import Company, Interest, Wishes
from app.domain.intake.reading import WhatWasRead
from app.domain.intake.recommendation import Recommendation
from app.domain.shared.frames import Form, Weekday
from app.domain.shared.ids import PersonId
from app.services.intake.views import ReadingView

INTEREST = col.table_of(InterestRow)
RECEIPT = col.table_of(RecommendationRow)
CODE = col.table_of(RecommendationCodeRow)
READING = col.table_of(IntakeReadingRow)
WISHES = ("theme", "forms", "area", "weekdays", "language", "company")
INTERESTS = Mapper(
    Interest, INTEREST, computed=("wishes", "has_private_wish"), added=(*WISHES, "private_wish")
)
RECEIPTS = Mapper(Recommendation, RECEIPT)
HAS_WISH = INTEREST.c.private_wish.is_not(None).label("has_private_wish")
SHOWN = tuple(column for column in INTEREST.columns if column.name != "private_wish")

_MINE = (INTEREST.c.organisation_id == p("organisation_id")) & (INTEREST.c.person_id == p("person_id"))
_NEW = insert(INTEREST).values({column.name: p(column.name) for column in INTEREST.columns})
_PUT = Statement(
    _NEW.on_conflict_do_update(
        constraint="pk_interest",
        set_={name: _NEW.excluded[name] for name in (*WISHES, "registered_at", "kept_until")}
        # One whose time was over is not taken up again; what was sealed beside it has gone with it.
        | {
            "private_wish": case(
                (INTEREST.c.kept_until > _NEW.excluded.registered_at, INTEREST.c.private_wish)
            )
        },
    )
)
_FIND = Statement(select(*SHOWN, HAS_WISH).where(_MINE))
_REMOVE = Statement(delete(INTEREST).where(_MINE))
_SEAL = Statement(update(INTEREST).where(_MINE).values(private_wish=p("sealed", LargeBinary)))
_WISH = Statement(select(INTEREST.c.private_wish).where(_MINE))
_ADD_RECEIPT = inserting(RECEIPT)
_ADD_CODE = inserting(CODE)
_USE = Statement(
    delete(CODE).where(
        CODE.c.organisation_id == p("organisation_id"),
        CODE.c.code_hash == p("code_hash"),
        CODE.c.expires_at > p("now"),
    )
)
_ABOUT = Statement(
    select(registered_name(REGISTRATION), ENTRY.c.actor_id, ENTRY.c.data, ENTRY.c.occurred_at)
    .join(
        REGISTRATION,
        and_(
            REGISTRATION.c.organisation_id == ENTRY.c.organisation_id,
            REGISTRATION.c.person_id == ENTRY.c.actor_id,
        ),
    )
    .where(
        ENTRY.c.organisation_id == p("organisation_id"),
        ENTRY.c.subject_id == p("person_id"),
        ENTRY.c.actor_id != ENTRY.c.subject_id,
        ENTRY.c.deed == "read",
        ENTRY.c.data == p("what_"),
    )
    .order_by(ENTRY.c.occurred_at.desc(), ENTRY.c.id.desc())
    .limit(100)
)
_OVER = select(ASSESSMENT.c.id).where(
    ASSESSMENT.c.organisation_id == p("organisation_id"), ASSESSMENT.c.kept_until <= p("now")
)
_GONE = (
    Statement(
        delete(TEXT).where(
            TEXT.c.organisation_id == p("organisation_id"),
            or_(TEXT.c.gone_at <= p("now"), TEXT.c.assessment_id.in_(_OVER)),
        )
    ),
    Statement(
        delete(CONFLICT).where(
            CONFLICT.c.organisation_id == p("organisation_id"), CONFLICT.c.assessment_id.in_(_OVER)
        )
    ),
    Statement(
        delete(ASSESSMENT).where(
            ASSESSMENT.c.organisation_id == p("organisation_id"), ASSESSMENT.c.kept_until <= p("now")
        )
    ),
    Statement(
        delete(INTEREST).where(
            INTEREST.c.organisation_id == p("organisation_id"), INTEREST.c.kept_until <= p("now")
        )
    ),
    Statement(
        delete(CODE).where(CODE.c.organisation_id == p("organisation_id"), CODE.c.expires_at <= p("now"))
    ),
    Statement(
        delete(RECEIPT).where(
            RECEIPT.c.organisation_id == p("organisation_id"), RECEIPT.c.expires_at <= p("long_ago")
        )
    ),
    Statement(
        delete(READING).where(
            READING.c.organisation_id == p("organisation_id"), READING.c.read_at <= p("long_ago")
        )
    ),
)


def to_interest(row: Any) -> Interest:
    """The interest of a row, its wishes gathered."""
    wishes = Wishes(
        theme=row["theme"],
        forms=tuple(Form(each) for each in row["forms"]),
        area=row["area"],
        weekdays=tuple(Weekday(each) for each in row["weekdays"]),
        language=row["language"],
        company=tuple(Company(each) for each in row["company"]),
    )
    return INTERESTS.to_entity(row, wishes=wishes, has_private_wish=row["has_private_wish"])


@dataclass(slots=True)
class PostgresInterests:
    """See `services.intake.ports.Interests`."""

    work: Work

    async def put(self, interest: Interest) -> None:
        wishes = {name: getattr(interest.wishes, name) for name in WISHES}
        wishes |= {name: list(wishes[name]) for name in ("forms", "weekdays", "company")}
        await _PUT.run(self.work.connection, **INTERESTS.to_values(interest, private_wish=None, **wishes))

    async def find(self, person: PersonId) -> Interest | None:
        row = await _FIND.row(self.work.connection, organisation_id=self.work.organisation, person_id=person)
        return None if row is None else to_interest(row)

    async def remove(self, person: PersonId) -> None:
        await _REMOVE.run(self.work.connection, organisation_id=self.work.organisation, person_id=person)

    async def seal_private_wish(self, person: PersonId, sealed: bytes | None) -> None:
        await _SEAL.run(
            self.work.connection,
            organisation_id=self.work.organisation,
            person_id=person,
            sealed=sealed,
        )

    async def private_wish(self, person: PersonId) -> bytes | None:
        sealed: bytes | None = await _WISH.value(
            self.work.connection, organisation_id=self.work.organisation, person_id=person
        )
        return sealed


@dataclass(slots=True)
class PostgresRecommendations:
    """See `services.intake.ports.Recommendations`."""

    work: Work

    async def add(self, receipt: Recommendation, code_hashes: Sequence[bytes]) -> None:
        await _ADD_RECEIPT.run(self.work.connection, **RECEIPTS.to_values(receipt))
        await _ADD_CODE.run_many(
            self.work.connection,
            [
                {
                    "organisation_id": receipt.organisation_id,
                    "code_hash": each,
                    "expires_at": receipt.expires_at,
                }
                for each in code_hashes
            ],
        )

    async def use(self, code_hash: bytes, now: datetime) -> bool:
        used = await _USE.run(
            self.work.connection, organisation_id=self.work.organisation, code_hash=code_hash, now=now
        )
        return used == 1


@dataclass(slots=True)
class PostgresReadings:
    """See `services.intake.ports.Readings`."""

    work: Work

    async def about(self, person: PersonId, what: WhatWasRead) -> list[ReadingView]:
        rows = await _ABOUT.fetch(
            self.work.connection, organisation_id=self.work.organisation, person_id=person, what_=what
        )
        return [
            ReadingView(
                reader=opened_name(self.work.vault, self.work.organisation, row["actor_id"], row["name"]),
                what=WhatWasRead(row["data"]),
                read_at=row["occurred_at"],
            )
            for row in rows
        ]


@dataclass(slots=True)
class PostgresRetention:
    """See `services.intake.ports.Retention`."""

    work: Work

    async def purge(self, now: datetime) -> None:
        long_ago = now - timedelta(days=KEPT_DAYS)
        for statement in _GONE:
            values = {"organisation_id": self.work.organisation, "now": now, "long_ago": long_ago}
            await statement.run(self.work.connection, **{name: values[name] for name in statement.names})
