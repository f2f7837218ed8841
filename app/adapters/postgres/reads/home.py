"""One person's own matters in one organisation, for their first screen: one statement for each kind."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists, func, literal_column, select, text, true

from app.adapters.postgres.reads.courses import PostgresCourseReads
from app.adapters.postgres.reads.home_coming import COMING, MY_PLACE, STANDS, to_coming
from app.adapters.postgres.reads.home_helping import helped_by, visits_of, waits_of
from app.adapters.postgres.reads.home_webhooks import struggling_webhooks
from app.adapters.postgres.repositories.applications import APPLICATION, LOAD_APPLICATIONS, to_application
from app.adapters.postgres.repositories.assessments import ASSESSMENT
from app.adapters.postgres.repositories.decisions import IS_LIVE, same_group
from app.adapters.postgres.repositories.forming import WAITING
from app.adapters.postgres.repositories.helping import ASSIGNMENT
from app.adapters.postgres.repositories.intake import HAS_WISH, INTEREST, SHOWN, to_interest
from app.adapters.postgres.repositories.members import PLACEMENT
from app.adapters.postgres.repositories.organisations import (
    INTAKE,
    ORGANISATION,
    OUTCOMES,
    POLICY,
    STAFF,
)
from app.adapters.postgres.repositories.shown import SHOWN_AREA
from app.adapters.postgres.repositories.standing import (
    BALLOT,
    FIRST_MEETING,
    GROUP,
    MEETING,
    ROLE,
    seen_from,
    standing_select,
)
from app.adapters.postgres.repositories.volunteers import VOLUNTEER
from app.adapters.postgres.statements import Statement, p, service_clock
from app.adapters.postgres.work import Work
from app.domain.admission.application import Application
from app.domain.groups.group import Form
from app.domain.organisations.organisation import OrganisationNotFound, Role
from app.domain.organisations.policy import IntakeMode
from app.domain.shared.ids import GroupId, PersonId, PlacementId
from app.services.people.home_ports import (
    Appointed,
    Desk,
    Frame,
    Helped,
    Invited,
    OwnGroup,
    SignedUp,
    Talk,
    Tended,
    Visiting,
    Waits,
)

_HELD = (
    select(POLICY.c.intake_mode, POLICY.c.size_warn_below, POLICY.c.dormant_after_days)
    .where(POLICY.c.organisation_id == ORGANISATION.c.id)
    .order_by((POLICY.c.effective_from <= service_clock()).desc(), POLICY.c.version.desc())
    .limit(1)
    .correlate(ORGANISATION)
    .lateral("held")
)
_LATEST = (
    select(*(column.label(f"outcome_{column.name}") for column in INTAKE.columns))
    .where(INTAKE.c.organisation_id == ORGANISATION.c.id, INTAKE.c.person_id == p("person_id"))
    .order_by(INTAKE.c.recorded_at.desc(), INTAKE.c.id.desc())
    .limit(1)
    .correlate(ORGANISATION)
    .lateral("latest")
)

_TALK = (
    select(
        *(
            ASSESSMENT.c[name].label(f"talk_{name}")
            for name in ("id", "asked_at", "starts_at", "form", "place")
        )
    )
    .where(
        ASSESSMENT.c.organisation_id == ORGANISATION.c.id,
        ASSESSMENT.c.person_id == p("person_id"),
        ASSESSMENT.c.completed_at.is_(None),
        ASSESSMENT.c.kept_until > service_clock(),
    )
    .order_by(ASSESSMENT.c.asked_at.desc(), ASSESSMENT.c.id.desc())
    .limit(1)
    .correlate(ORGANISATION)
    .lateral("talk")
)


def _own(table: Any) -> Any:
    """This person's rows of a table, in the organisation."""
    return and_(table.c.organisation_id == ORGANISATION.c.id, table.c.person_id == p("person_id"))


_ROLES = (
    select(func.coalesce(func.array_agg(ROLE.c.role), literal_column("'{}'::text[]")))
    .where(_own(ROLE))
    .correlate(ORGANISATION)
    .scalar_subquery()
)
_DESK = Statement(
    select(
        service_clock().label("clock"),
        ORGANISATION.c.name,
        _HELD,
        _LATEST,
        _TALK,
        _ROLES.label("roles"),
        exists().where(_own(STAFF)).correlate(ORGANISATION).label("has_signed"),
        exists().where(_own(VOLUNTEER)).correlate(ORGANISATION).label("has_offered"),
        exists().where(_own(ASSIGNMENT)).correlate(ORGANISATION).label("has_helped"),
        exists().where(_own(WAITING)).correlate(ORGANISATION).label("waits"),
        *(column.label(f"interest_{column.name}") for column in SHOWN),
        HAS_WISH.element.label("interest_has_private_wish"),
    )
    .select_from(
        ORGANISATION.join(_HELD, true())
        .outerjoin(_LATEST, true())
        .outerjoin(_TALK, true())
        .outerjoin(INTEREST, _own(INTEREST))
    )
    .where(ORGANISATION.c.id == p("organisation_id"))
)
_LAST_MET = (
    select(func.max(MEETING.c.starts_at))
    .where(STANDS, MEETING.c.not_held_at.is_(None), MEETING.c.starts_at <= service_clock())
    .correlate(GROUP)
    .scalar_subquery()
)
_GROUPS = Statement(
    standing_select(
        MY_PLACE.c.alias,
        COMING.label("coming"),
        _LAST_MET.label("last_met_at"),
        exists().where(same_group(BALLOT), IS_LIVE).label("has_live_ballot"),
    )
    .where(
        same_group(MY_PLACE),
        MY_PLACE.c.person_id == p("person_id"),
        MY_PLACE.c.left_at.is_(None),
    )
    .order_by(GROUP.c.created_at, GROUP.c.id)
)
_FRAME = (GROUP.c.theme, GROUP.c.form, SHOWN_AREA, GROUP.c.language)
_APPLICATIONS = Statement(
    LOAD_APPLICATIONS.add_columns(*(column.label(f"group_{column.name}") for column in _FRAME))
    .where(
        same_group(APPLICATION),
        APPLICATION.c.applicant_id == p("person_id"),
        APPLICATION.c.withdrawn_at.is_(None),
        APPLICATION.c.declined_at.is_(None),
        APPLICATION.c.entered_at.is_(None),
    )
    .order_by(APPLICATION.c.applied_at.desc(), APPLICATION.c.id.desc())
)
_INVITATIONS = Statement(
    select(
        PLACEMENT.c.id,
        PLACEMENT.c.group_id,
        PLACEMENT.c.invited_at,
        *(column.label(f"group_{column.name}") for column in _FRAME),
        FIRST_MEETING.label("first_meeting_at"),
    )
    .select_from(PLACEMENT.join(GROUP, same_group(PLACEMENT)))
    .where(
        PLACEMENT.c.organisation_id == p("organisation_id"),
        PLACEMENT.c.person_id == p("person_id"),
        PLACEMENT.c.accepted_at.is_(None),
        PLACEMENT.c.declined_at.is_(None),
        PLACEMENT.c.withdrawn_at.is_(None),
        func.coalesce(service_clock() < FIRST_MEETING, text("true")),
    )
)


def _frame(row: Any) -> Frame:
    return Frame(
        theme=row["group_theme"],
        form=Form(row["group_form"]),
        area=row["group_area"],
        language=row["group_language"],
    )


def _within(row: Any, prefix: str) -> dict[str, Any]:
    """The columns of a joined table, by their own names."""
    return {name.removeprefix(prefix): value for name, value in row.items() if name.startswith(prefix)}


def _to_talk(row: dict[str, Any]) -> Talk:
    at = row["starts_at"]
    held = None if at is None else Appointed(starts_at=at, form=Form(row["form"]), place=row["place"])
    return Talk(id=row["id"], asked_at=row["asked_at"], appointed=held)


@dataclass(slots=True)
class PostgresHomeReads:
    """See `services.people.home_ports.HomeReads`."""

    work: Work

    async def desk(self, person: PersonId) -> Desk:
        row = await _DESK.row(self.work.connection, **self.work.scope(person_id=person))
        if row is None:
            raise OrganisationNotFound
        self.work.tell(row["clock"])
        return Desk(
            name=row["name"],
            intake_mode=IntakeMode(row["intake_mode"]),
            warn_below=row["size_warn_below"],
            dormant_after_days=row["dormant_after_days"],
            roles=frozenset(Role(each) for each in row["roles"]),
            has_signed=row["has_signed"],
            has_offered=row["has_offered"],
            has_helped=row["has_helped"],
            waits=row["waits"],
            interest=to_interest(_within(row, "interest_")) if row["interest_person_id"] else None,
            outcome=OUTCOMES.to_entity(_within(row, "outcome_")) if row["outcome_id"] else None,
            talk=_to_talk(_within(row, "talk_")) if row["talk_id"] else None,
        )

    async def struggling(self) -> list[Tended]:
        return await struggling_webhooks(self.work)

    async def groups(self, person: PersonId) -> list[OwnGroup]:
        rows = await _GROUPS.fetch(self.work.connection, **self.work.scope(person_id=person))
        return [
            OwnGroup(
                seen=seen_from(row, self.work),
                alias=row["alias"],
                grace_ends_at=row["grace_ends_at"],
                last_met_at=row["last_met_at"],
                coming=to_coming(row["coming"]),
                has_live_ballot=row["has_live_ballot"],
            )
            for row in rows
        ]

    async def applications(self, person: PersonId) -> list[tuple[Application, Frame]]:
        rows = await _APPLICATIONS.fetch(self.work.connection, **self.work.scope(person_id=person))
        return [(to_application(self.work.vault, row), _frame(row)) for row in rows]

    async def invitations(self, person: PersonId) -> list[Invited]:
        rows = await _INVITATIONS.fetch(self.work.connection, **self.work.scope(person_id=person))
        return [
            Invited(
                id=PlacementId(row["id"]),
                group_id=GroupId(row["group_id"]),
                frame=_frame(row),
                invited_at=row["invited_at"],
                first_meeting_at=row["first_meeting_at"],
            )
            for row in rows
        ]

    async def sign_ups(self, person: PersonId, now: Any) -> list[SignedUp]:
        return [
            SignedUp(
                id=each.id,
                course_title=each.course_title,
                group_starts_at=each.group_starts_at,
                group_place=each.group_place,
            )
            for each in await PostgresCourseReads(self.work).mine(person, now)
        ]

    async def helped(self, person: PersonId) -> list[Helped]:
        return await helped_by(self.work, person)

    async def visits(self, person: PersonId) -> list[Visiting]:
        return await visits_of(self.work, person)

    async def waiting(self, person: PersonId) -> list[Waits]:
        return await waits_of(self.work, person)
