"""Applications, each with what it needs to know of its newest ballot."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, false, func, or_, select, text, true, update

from app.adapters.postgres import sealing
from app.adapters.postgres.mapping import SealedMapper
from app.adapters.postgres.repositories.consents import CONSENT
from app.adapters.postgres.repositories.standing import BALLOT, MEMBER, OUTCOME
from app.adapters.postgres.statements import Statement, inserting, p, service_clock
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.admission import ApplicationRow
from app.adapters.postgres.work import Work
from app.domain.admission.application import Application, LastBallot
from app.domain.admission.ballot import BallotStatus
from app.domain.admission.errors import ApplicationNotFound
from app.domain.people.consent import Purpose
from app.domain.shared.ids import ApplicationId, BallotId, GroupId, PersonId
from app.services.ports.vault import Vault

APPLICATION = col.table_of(ApplicationRow)
_MAPPER = SealedMapper(
    Application,
    APPLICATION,
    sealing.APPLICATION,
    computed=("last_ballot", "introduction_withheld"),
    added=("closed_at",),
)
_ASKED = BALLOT.alias("asked")
_ENDED_AT = func.coalesce(_ASKED.c.withdrawn_at, _ASKED.c.voided_at, OUTCOME.c.counted_at)
_NEWEST = (
    select(
        _ASKED.c.id.label("ballot_id"),
        case(
            (OUTCOME.c.verdict.is_not(None), OUTCOME.c.verdict),
            (_ASKED.c.withdrawn_at.is_not(None), text(f"'{BallotStatus.WITHDRAWN}'")),
            (_ASKED.c.voided_at.is_not(None), text(f"'{BallotStatus.VOID}'")),
            else_=text(f"'{BallotStatus.OPEN}'"),
        ).label("ballot_status"),
        _ENDED_AT.label("ballot_ended_at"),
        OUTCOME.c.offer_expires_at.label("offer_expires_at"),
    )
    .select_from(
        _ASKED.outerjoin(
            OUTCOME,
            and_(OUTCOME.c.organisation_id == _ASKED.c.organisation_id, OUTCOME.c.ballot_id == _ASKED.c.id),
        )
    )
    .where(
        _ASKED.c.organisation_id == APPLICATION.c.organisation_id,
        _ASKED.c.application_id == APPLICATION.c.id,
    )
    .order_by(_ASKED.c.opened_at.desc(), _ASKED.c.id.desc())
    .limit(1)
    .lateral("newest")
)
_ON_NEWEST = APPLICATION.outerjoin(_NEWEST, true())
_STOOD_UNTIL = case(
    (APPLICATION.c.entered_at.is_not(None), APPLICATION.c.entered_at),
    (APPLICATION.c.withdrawn_at.is_not(None), APPLICATION.c.withdrawn_at),
    (APPLICATION.c.declined_at.is_not(None), APPLICATION.c.declined_at),
    (_NEWEST.c.ballot_status == text(f"'{BallotStatus.OPEN}'"), text("timestamptz 'infinity'")),
    (_NEWEST.c.ballot_status == text(f"'{BallotStatus.ADOPTED}'"), _NEWEST.c.offer_expires_at),
    (_NEWEST.c.ballot_status == text(f"'{BallotStatus.NOT_ADOPTED}'"), _NEWEST.c.ballot_ended_at),
    else_=func.greatest(
        APPLICATION.c.waits_until,
        _NEWEST.c.ballot_ended_at + (APPLICATION.c.waits_until - APPLICATION.c.applied_at),
    ),
)
_SINCE = (
    select(MEMBER.c.joined_at)
    .where(MEMBER.c.organisation_id == p("organisation_id"), MEMBER.c.id == p("membership_id"))
    .scalar_subquery()
)
STANDS_TO = _SINCE < _STOOD_UNTIL
"""Whether an application still stood when a membership began, or came after that: what had ended by then was confided to
others (C-01, C-11). Of facts alone: an end that is yet to come is later than the beginning of any membership."""
_WITHHELD = (
    select(
        func.coalesce(
            and_(
                func.bool_and(CONSENT.c.withdrawn_at.is_not(None)),
                func.max(CONSENT.c.withdrawn_at) > APPLICATION.c.applied_at,
            ),
            false(),
        )
    )
    .where(
        CONSENT.c.organisation_id == APPLICATION.c.organisation_id,
        CONSENT.c.person_id == APPLICATION.c.applicant_id,
        CONSENT.c.purpose == text(f"'{Purpose.INTRODUCTION_TO_GROUP}'"),
    )
    .correlate(APPLICATION)
    .scalar_subquery()
)
LOAD_APPLICATIONS = (
    select(
        *APPLICATION.columns,
        _NEWEST.c.ballot_id,
        _NEWEST.c.ballot_status,
        _NEWEST.c.ballot_ended_at,
        _NEWEST.c.offer_expires_at,
        _WITHHELD.label("introduction_withheld"),
        service_clock().label("clock"),
    )
    .select_from(_ON_NEWEST)
    # Whose writer has been erased, of that nobody is shown anything; the ballot that there was on it stays.
    .where(APPLICATION.c.organisation_id == p("organisation_id"), APPLICATION.c.applicant_id.is_not(None))
)
_KNOWN = (
    select(APPLICATION.c.id)
    .select_from(_ON_NEWEST)
    .where(APPLICATION.c.organisation_id == p("organisation_id"), STANDS_TO)
)
IS_KNOWN_BALLOT = or_(
    and_(BALLOT.c.application_id.is_(None), BALLOT.c.member_id.is_(None)),
    BALLOT.c.application_id.in_(_KNOWN),
    and_(BALLOT.c.member_id.is_not(None), BALLOT.c.opened_at >= _SINCE),
)
"""A ballot that a member may know of: one that is about nobody, about an application that they may know of, or about a
member's exclusion in their own time (whoever enters ends all ballots that are open, so it is enough when it opened)."""
KNOWS_APPLICATION = Statement(_KNOWN.where(APPLICATION.c.id == p("id_")))
KNOWS_BALLOT = Statement(
    select(BALLOT.c.id).where(
        BALLOT.c.organisation_id == p("organisation_id"), BALLOT.c.id == p("id_"), IS_KNOWN_BALLOT
    )
)
_ONE = Statement(LOAD_APPLICATIONS.where(APPLICATION.c.id == p("id_")))
_LAST_OF = Statement(
    LOAD_APPLICATIONS.where(
        APPLICATION.c.group_id == p("group_id"), APPLICATION.c.applicant_id == p("applicant_id")
    )
    .order_by(APPLICATION.c.applied_at.desc(), APPLICATION.c.id.desc())
    .limit(1)
)
_LOCK = Statement(
    select(APPLICATION.c.id)
    .where(APPLICATION.c.organisation_id == p("organisation_id"), APPLICATION.c.id == p("id_"))
    .with_for_update()
)
_ADD = inserting(APPLICATION)
_SAVE = Statement(
    update(APPLICATION)
    .where(APPLICATION.c.organisation_id == p("key_org"), APPLICATION.c.id == p("key_id"))
    .values(withdrawn_at=p("withdrawn_at"), declined_at=p("declined_at"), entered_at=p("entered_at"))
)
_WORDS = ("alias", "introduction", "introduction_sealed", "known_as", "known_as_sealed")
_REWORD = Statement(
    update(APPLICATION)
    .where(APPLICATION.c.organisation_id == p("key_org"), APPLICATION.c.id == p("key_id"))
    .values({name: p(name, APPLICATION.c[name].type) for name in _WORDS})
)
_RENAME = Statement(
    update(APPLICATION)
    .where(
        APPLICATION.c.organisation_id == p("key_org"),
        APPLICATION.c.id
        == select(BALLOT.c.application_id)
        .where(BALLOT.c.organisation_id == p("key_org"), BALLOT.c.id == p("ballot_id"))
        .scalar_subquery(),
    )
    .values(alias=p("alias"))
)
_CLOSE = Statement(
    update(APPLICATION)
    .where(APPLICATION.c.organisation_id == p("key_org"), APPLICATION.c.id == p("key_id"))
    .values(closed_at=p("moment"))
)


def to_application(vault: Vault, row: Any) -> Application:
    """The aggregate of a row of `LOAD_APPLICATIONS`."""
    last = None
    if row["ballot_id"] is not None:
        last = LastBallot(
            ballot_id=BallotId(row["ballot_id"]),
            status=BallotStatus(row["ballot_status"]),
            ended_at=row["ballot_ended_at"],
            offer_expires_at=row["offer_expires_at"],
        )
    withheld = row["introduction_withheld"]
    return _MAPPER.to_opened(vault, row, last_ballot=last, introduction_withheld=withheld)


@dataclass(slots=True)
class PostgresApplications:
    """See `services.ports.repositories.Applications`."""

    work: Work

    async def add(self, application: Application) -> None:
        values = _MAPPER.to_sealed(self.work.vault, application.applicant_id, application, closed_at=None)
        await _ADD.run(self.work.connection, **values)

    async def lock(self, application: ApplicationId) -> Application:
        await _LOCK.row(self.work.connection, organisation_id=self.work.organisation, id_=application)
        found = await self.find(application)
        if found is None:
            raise ApplicationNotFound
        return found

    async def find(self, application: ApplicationId) -> Application | None:
        row = await _ONE.row(self.work.connection, **self.work.scope(id_=application))
        if row is None:
            return None
        self.work.tell(row["clock"])
        return to_application(self.work.vault, row)

    async def save(self, application: Application) -> None:
        await _SAVE.run(
            self.work.connection,
            key_org=application.organisation_id,
            key_id=application.id,
            withdrawn_at=application.withdrawn_at,
            declined_at=application.declined_at,
            entered_at=application.entered_at,
        )

    async def reword(self, application: Application) -> None:
        values = _MAPPER.to_sealed(self.work.vault, application.applicant_id, application, closed_at=None)
        await _REWORD.run(
            self.work.connection,
            key_org=application.organisation_id,
            key_id=application.id,
            **{name: values[name] for name in _WORDS},
        )

    async def rename(self, ballot: BallotId, alias: str) -> None:
        await _RENAME.run(self.work.connection, key_org=self.work.organisation, ballot_id=ballot, alias=alias)

    async def last_of(self, group: GroupId, applicant: PersonId) -> Application | None:
        row = await _LAST_OF.row(
            self.work.connection, **self.work.scope(group_id=group, applicant_id=applicant)
        )
        return None if row is None else to_application(self.work.vault, row)

    async def close_ended(self, application: Application, now: datetime) -> None:
        await _CLOSE.run(
            self.work.connection,
            key_org=application.organisation_id,
            key_id=application.id,
            moment=now,
        )
