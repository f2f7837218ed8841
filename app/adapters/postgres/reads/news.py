"""Whom news concern: one statement each, without locks."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, exists, func, literal, select, union_all

from app.adapters.postgres.reads.admission import PostgresAdmissionReads
from app.adapters.postgres.repositories.applications import APPLICATION
from app.adapters.postgres.repositories.assessments import ASSESSMENT, CONFLICT
from app.adapters.postgres.repositories.helping import ASSIGNMENT
from app.adapters.postgres.repositories.members import PLACEMENT
from app.adapters.postgres.repositories.standing import BALLOT, MEETING, MEMBER, ROLE
from app.adapters.postgres.statements import Statement, p, service_clock
from app.adapters.postgres.work import Work
from app.domain.shared.ids import (
    ApplicationId,
    AssessmentId,
    BallotId,
    GroupId,
    MeetingId,
    MembershipId,
    PersonId,
    PlacementId,
)
from app.services.events.news_ports import Conversation
from app.services.events.news_views import Around

_ORGANISATION, _PERSON = p("organisation_id"), p("person_id")
_AROUND = Statement(
    union_all(
        select(MEMBER.c.group_id, literal("inside").label("how")).where(
            MEMBER.c.organisation_id == _ORGANISATION,
            MEMBER.c.person_id == _PERSON,
            MEMBER.c.left_at.is_(None),
        ),
        select(ASSIGNMENT.c.group_id, literal("beside")).where(
            ASSIGNMENT.c.organisation_id == _ORGANISATION, ASSIGNMENT.c.person_id == _PERSON
        ),
        select(APPLICATION.c.group_id, literal("beside")).where(
            APPLICATION.c.organisation_id == _ORGANISATION,
            APPLICATION.c.applicant_id == _PERSON,
            APPLICATION.c.withdrawn_at.is_(None),
            APPLICATION.c.declined_at.is_(None),
            APPLICATION.c.entered_at.is_(None),
        ),
        select(ROLE.c.organisation_id, literal("staff")).where(
            ROLE.c.organisation_id == _ORGANISATION, ROLE.c.person_id == _PERSON
        ),
    )
)
_STARTS_AT = Statement(
    select(MEETING.c.starts_at).where(MEETING.c.organisation_id == _ORGANISATION, MEETING.c.id == p("id_"))
)
_OWN_APPLICATION = Statement(
    select(APPLICATION.c.id).where(
        APPLICATION.c.organisation_id == _ORGANISATION,
        APPLICATION.c.applicant_id == _PERSON,
        APPLICATION.c.withdrawn_at.is_(None),
        exists().where(
            and_(
                BALLOT.c.organisation_id == APPLICATION.c.organisation_id,
                BALLOT.c.application_id == APPLICATION.c.id,
                BALLOT.c.id == p("id_"),
            )
        ),
    )
)
_INVITED = Statement(
    select(PLACEMENT.c.person_id).where(
        PLACEMENT.c.organisation_id == _ORGANISATION, PLACEMENT.c.id == p("id_")
    )
)
_KNOWN = (
    select(func.array_agg(CONFLICT.c.interviewer_id))
    .where(
        CONFLICT.c.organisation_id == ASSESSMENT.c.organisation_id,
        CONFLICT.c.assessment_id == ASSESSMENT.c.id,
    )
    .correlate(ASSESSMENT)
    .scalar_subquery()
)
_CONVERSATION = Statement(
    select(
        ASSESSMENT.c.person_id,
        ASSESSMENT.c.interviewer_id,
        ASSESSMENT.c.kept_until,
        _KNOWN.label("known"),
        service_clock().label("clock"),
    ).where(ASSESSMENT.c.organisation_id == _ORGANISATION, ASSESSMENT.c.id == p("id_"))
)


@dataclass(slots=True)
class PostgresNewsReads:
    """See `services.events.news_ports.NewsReads`."""

    work: Work

    async def around(self, person: PersonId) -> Around:
        rows = await _AROUND.fetch(
            self.work.connection, organisation_id=self.work.organisation, person_id=person
        )
        found: dict[str, set[GroupId]] = {"inside": set(), "beside": set(), "staff": set()}
        for row in rows:
            found[row["how"]].add(GroupId(row["group_id"]))
        return Around(
            inside=frozenset(found["inside"]),
            beside=frozenset(found["beside"] - found["inside"]),
            is_staff=bool(found["staff"]),
        )

    async def starts_at(self, meeting: MeetingId) -> datetime | None:
        found: datetime | None = await _STARTS_AT.value(
            self.work.connection, organisation_id=self.work.organisation, id_=meeting
        )
        return found

    async def knows_application(self, member: MembershipId, application: ApplicationId) -> bool:
        return await PostgresAdmissionReads(self.work).knows_application(member, application)

    async def knows_ballot(self, member: MembershipId, ballot: BallotId) -> bool:
        return await PostgresAdmissionReads(self.work).knows_ballot(member, ballot)

    async def own_application(self, ballot: BallotId, person: PersonId) -> ApplicationId | None:
        found = await _OWN_APPLICATION.value(
            self.work.connection, organisation_id=self.work.organisation, person_id=person, id_=ballot
        )
        return None if found is None else ApplicationId(found)

    async def invited(self, placement: PlacementId) -> PersonId | None:
        found = await _INVITED.value(
            self.work.connection, organisation_id=self.work.organisation, id_=placement
        )
        return None if found is None else PersonId(found)

    async def conversation(self, assessment: AssessmentId) -> Conversation | None:
        row = await _CONVERSATION.row(self.work.connection, **self.work.scope(id_=assessment))
        if row is None:
            return None
        self.work.tell(row["clock"])
        return Conversation(
            person_id=PersonId(row["person_id"]),
            interviewer_id=None if row["interviewer_id"] is None else PersonId(row["interviewer_id"]),
            known=frozenset(PersonId(each) for each in row["known"] or ()),
            kept_until=row["kept_until"],
        )
