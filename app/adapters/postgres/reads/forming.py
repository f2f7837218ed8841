"""Forming groups for showing: codes, and who waits."""

from dataclasses import dataclass

from sqlalchemy import and_, case, exists, func, select, text

from app.adapters.postgres.mapping import Mapper
from app.adapters.postgres.reads.paging import after_cursor, instant_and_id, page_of
from app.adapters.postgres.repositories.decisions import same_group
from app.adapters.postgres.repositories.forming import COMPOSITION, CONVENOR, WAITING, composition_of
from app.adapters.postgres.repositories.members import PLACEMENT
from app.adapters.postgres.repositories.shown import SHOWN_AREA
from app.adapters.postgres.repositories.standing import FIRST_MEETING, GROUP, MEMBER
from app.adapters.postgres.statements import Statement, p, service_clock
from app.adapters.postgres.work import Work
from app.domain.groups.errors import GroupNotFound
from app.domain.groups.group import Form
from app.domain.groups.membership import Placement
from app.domain.shared.ids import GroupId, PersonId
from app.services.groups.forming_views import WaitingEntryView, WaitingState, WaitingView
from app.services.groups.place_views import InvitationView
from app.services.ports.composition import CompositionView
from app.services.ports.paging import Page, PageRequest

_BY_CODE = Statement(
    select(GROUP.c.id).where(
        GROUP.c.organisation_id == p("organisation_id"), GROUP.c.application_code == p("code")
    )
)
_CODE = Statement(
    select(GROUP.c.application_code).where(
        GROUP.c.organisation_id == p("organisation_id"), GROUP.c.id == p("group_id")
    )
)
_INVITED = exists().where(
    PLACEMENT.c.organisation_id == WAITING.c.organisation_id,
    PLACEMENT.c.group_id == WAITING.c.group_id,
    PLACEMENT.c.person_id == WAITING.c.person_id,
    PLACEMENT.c.accepted_at.is_(None),
    PLACEMENT.c.declined_at.is_(None),
    PLACEMENT.c.withdrawn_at.is_(None),
)
_STATE = case((_INVITED, text(f"'{WaitingState.INVITED}'")), else_=text(f"'{WaitingState.WAITING}'")).label(
    "state"
)
_LIST = Statement(
    select(WAITING.c.person_id, WAITING.c.alias, WAITING.c.asked_at, _STATE)
    .where(
        WAITING.c.organisation_id == p("organisation_id"),
        WAITING.c.group_id == p("group_id"),
        after_cursor(WAITING.c.asked_at, WAITING.c.person_id),
    )
    .order_by(WAITING.c.asked_at, WAITING.c.person_id)
    .limit(p("limit"))
)
_MINE = Statement(
    select(
        GROUP.c.organisation_id,
        GROUP.c.id.label("group_id"),
        GROUP.c.theme,
        GROUP.c.form,
        SHOWN_AREA,
        GROUP.c.language,
        WAITING.c.alias,
        WAITING.c.asked_at,
        _STATE,
    )
    .select_from(WAITING.join(GROUP, same_group(WAITING)))
    .where(
        and_(WAITING.c.organisation_id == p("organisation_id"), WAITING.c.person_id == p("person_id")),
        func.coalesce(service_clock() < FIRST_MEETING, text("true")),
    )
    .order_by(WAITING.c.asked_at, WAITING.c.group_id)
)

_IS_CONVENOR = exists().where(
    MEMBER.c.organisation_id == PLACEMENT.c.organisation_id,
    MEMBER.c.placement_id == PLACEMENT.c.id,
    MEMBER.c.left_at.is_(None),
    CONVENOR.c.organisation_id == MEMBER.c.organisation_id,
    CONVENOR.c.membership_id == MEMBER.c.id,
)
_PLACEMENTS = Statement(
    select(*PLACEMENT.columns, _IS_CONVENOR.label("convenor"))
    .where(
        PLACEMENT.c.organisation_id == p("organisation_id"),
        PLACEMENT.c.group_id == p("group_id"),
        PLACEMENT.c.person_id.is_not(None),
    )
    .order_by(PLACEMENT.c.invited_at, PLACEMENT.c.id)
)
_INVITATIONS = Statement(
    select(
        PLACEMENT.c.id,
        PLACEMENT.c.invited_at,
        GROUP.c.organisation_id,
        GROUP.c.id.label("group_id"),
        GROUP.c.theme,
        GROUP.c.form,
        SHOWN_AREA,
        GROUP.c.language,
        GROUP.c.starter_helps,
        *COMPOSITION,
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
    .order_by(PLACEMENT.c.invited_at.desc(), PLACEMENT.c.id)
)
_PLACEMENT_MAPPER = Mapper(Placement, PLACEMENT)


@dataclass(slots=True)
class PostgresFormingReads:
    """See `services.groups.ports.FormingReads`."""

    work: Work

    async def group_by_code(self, code: str) -> GroupId | None:
        found = await _BY_CODE.value(self.work.connection, organisation_id=self.work.organisation, code=code)
        return None if found is None else GroupId(found)

    async def code_of(self, group: GroupId) -> str:
        found = await _CODE.value(
            self.work.connection, organisation_id=self.work.organisation, group_id=group
        )
        if found is None:
            raise GroupNotFound
        return str(found)

    async def waiting(self, group: GroupId, request: PageRequest) -> Page[WaitingEntryView]:
        rows = await _LIST.fetch(
            self.work.connection,
            **self.work.scope(group_id=group, limit=request.limit + 1),
            **instant_and_id(request.after),
        )
        return page_of(
            rows,
            request,
            lambda row: WaitingEntryView(**{**row, "state": WaitingState(row["state"])}),
            lambda row: (row["asked_at"].isoformat(), str(row["person_id"])),
        )

    async def my_waiting(self, person: PersonId) -> list[WaitingView]:
        rows = await _MINE.fetch(self.work.connection, **self.work.scope(person_id=person))
        return [
            WaitingView(**{**row, "form": Form(row["form"]), "state": WaitingState(row["state"])})
            for row in rows
        ]

    async def placements(self, group: GroupId) -> list[tuple[Placement, bool]]:
        rows = await _PLACEMENTS.fetch(
            self.work.connection, organisation_id=self.work.organisation, group_id=group
        )
        return [(_PLACEMENT_MAPPER.to_entity(row), row["convenor"]) for row in rows]

    async def my_invitations(self, person: PersonId) -> list[InvitationView]:
        rows = await _INVITATIONS.fetch(self.work.connection, **self.work.scope(person_id=person))
        return [
            InvitationView(
                id=row["id"],
                organisation_id=row["organisation_id"],
                group_id=row["group_id"],
                theme=row["theme"],
                form=Form(row["form"]),
                area=row["area"],
                language=row["language"],
                composition=CompositionView.of(composition_of(row)),
                starter_helps=row["starter_helps"],
                first_meeting_at=row["first_meeting_at"],
                invited_at=row["invited_at"],
            )
            for row in rows
        ]
