"""The groups of an organisation as its staff lists them: one statement for a page, with as much of each as is shown."""

from functools import lru_cache
from typing import Any

from sqlalchemy import DateTime, Uuid, and_, case, exists, func, or_, select, text, tuple_

from app.adapters.postgres.reads.paging import instant_and_id, page_of
from app.adapters.postgres.repositories.decisions import ended, same_group
from app.adapters.postgres.repositories.forming import COMPOSITION, composition_of
from app.adapters.postgres.repositories.shown import SHOWN_AREA
from app.adapters.postgres.repositories.standing import (
    FIRST_MEETING,
    GROUP,
    MEETING,
    MEMBER,
    MEMBERS,
    is_coordinator,
)
from app.adapters.postgres.statements import Statement, p, service_clock
from app.adapters.postgres.work import Work
from app.domain.groups.group import Form, Origin
from app.domain.shared.ids import OrganisationId, PersonId
from app.services.groups.in_list import GroupInList
from app.services.ports.composition import CompositionView
from app.services.ports.paging import Page, PageRequest

_STARTED = exists().where(
    same_group(MEETING), MEETING.c.cancelled_at.is_(None), MEETING.c.starts_at <= service_clock()
)
_HAS_MEMBERS = exists().where(same_group(MEMBER), MEMBER.c.left_at.is_(None))
# Filters and order stand on the group's own columns and on `exists`, so that the index of the page is read backwards
# and the facts are computed for the groups of this page alone (measured: 40 ms against 2 with 2,800 groups). Whoever
# asks stands before it in a row of their own, so that one statement tells an empty list from one that isn't theirs.
_ASKER = select(
    service_clock().label("clock"), is_coordinator(p("organisation_id", Uuid)).label("is_coordinator")
).subquery("asker")
_IN_PHASE = or_(
    and_(p("phase") == "forming", ~_STARTED),
    and_(p("phase") == "meeting", _STARTED, _HAS_MEMBERS, ~ended()),
    and_(p("phase") == "ended", _STARTED, or_(~_HAS_MEMBERS, ended())),
)
_AFTER = tuple_(GROUP.c.created_at, GROUP.c.id) < tuple_(
    p("after_at", DateTime(timezone=True)), p("after_id", Uuid)
)


def _page(*conditions: Any) -> Statement:
    """A page of those that fulfil these conditions, too."""
    listed = (
        select(
            GROUP.c.id,
            GROUP.c.theme,
            GROUP.c.form,
            SHOWN_AREA,
            GROUP.c.language,
            GROUP.c.seats,
            GROUP.c.version,
            FIRST_MEETING.label("first_meeting_at"),
            MEMBERS.label("members"),
            ended().label("has_ended"),
            GROUP.c.origin,
            GROUP.c.starter_helps,
            *COMPOSITION,
            GROUP.c.created_at,
        )
        .where(
            _ASKER.c.is_coordinator,
            GROUP.c.organisation_id == p("organisation_id"),
            GROUP.c.origin != text(f"'{Origin.STAND_ALONE}'"),
            or_(p("theme", GROUP.c.theme.type).is_(None), GROUP.c.theme == p("theme")),
            or_(p("form", GROUP.c.form.type).is_(None), GROUP.c.form == p("form")),
            *conditions,
        )
        .order_by(GROUP.c.created_at.desc(), GROUP.c.id.desc())
        .limit(p("limit"))
        .correlate(_ASKER)
        .lateral("listed")
    )
    order = listed.c.created_at.desc(), listed.c.id.desc()
    place = func.row_number().over(order_by=order)
    shown = [column for column in listed.c if column is not listed.c.created_at]
    # The clock is told once, and where the next page begins by the last of this one: to read an instant costs more than
    # three of the other columns.
    return Statement(
        select(
            *shown,
            case((place == p("limit") - 1, listed.c.created_at)).label("created_at"),
            case((and_(place == 1, _ASKER.c.is_coordinator), _ASKER.c.clock)).label("clock"),
        )
        .select_from(_ASKER.outerjoin(listed, text("true")))
        .order_by(*order)
    )


# What isn't asked for isn't in the statement: PostgreSQL prepares every part of it each time, and takes a place for an
# index range only where one is certain.
_PAGES = {
    (in_phase, after): _page(*((_IN_PHASE,) if in_phase else ()), *((_AFTER,) if after else ()))
    for in_phase in (False, True)
    for after in (False, True)
}
_FORMS = {form.value: form for form in Form}
_ORIGINS = {origin.value: origin for origin in Origin}
"""By what stands in the column; `KeyError` for rubbish, as a mapper would refuse it."""


@lru_cache(maxsize=1024)
def _composition(age_from: int | None, age_to: int | None, genders: str, in_common: str | None) -> Any:
    """Most groups of a page state the same, nothing in particular: it is made once."""
    stated = {"age_from": age_from, "age_to": age_to, "genders": genders, "in_common": in_common}
    return CompositionView.of(composition_of(stated))


def _to_listed(row: Any, organisation: OrganisationId) -> GroupInList:
    (
        group, theme, form, area, language, seats, version, first, members, has_ended, origin, helped,
        age_from, age_to, genders, in_common, _, _,
    ) = row  # fmt: skip
    return GroupInList(
        group, organisation, theme, _FORMS[form], area, language, seats, version, first, members, has_ended,
        _ORIGINS[origin], helped, _composition(age_from, age_to, genders, in_common),
    )  # fmt: skip


async def listed_groups(
    work: Work,
    person: PersonId,
    request: PageRequest,
    *,
    theme: str | None,
    form: str | None,
    phase: str | None,
) -> Page[GroupInList] | None:
    """See `services.groups.ports.GroupReads.of_organisation`."""
    rows = await _PAGES[phase is not None, request.after is not None].fetch(
        work.connection,
        **work.scope(person_id=person, theme=theme, form=form, phase=phase, limit=request.limit + 1),
        **instant_and_id(request.after),
    )
    clock = rows[0]["clock"]
    if clock is None:  # told to its staff alone
        return None
    work.tell(clock)
    organisation = work.organisation
    return page_of(
        [] if rows[0]["id"] is None else rows,
        request,
        lambda row: _to_listed(row, organisation),
        lambda row: (row["created_at"].isoformat(), str(row["id"])),
    )
