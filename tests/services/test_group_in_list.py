"""A group as its organisation's staff list it: each member of the view is there, and no more is told than to them."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app.domain.groups.composition import Composition
from app.domain.groups.group import Form, Origin, Phase
from app.domain.shared.ids import GroupId, OrganisationId, compose_id
from app.services.groups.in_list import NOT_FOR_STAFF, GroupInList
from app.services.groups.views import GroupView
from app.services.ports.composition import CompositionView

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
ORGANISATION = OrganisationId(UUID("00000000-0000-8000-8000-000100000000"))
LISTED = GroupInList(
    id=GroupId(compose_id(ORGANISATION, 1_700_000_000_000, 2)),
    organisation_id=ORGANISATION,
    theme="grief",
    form=Form.IN_PERSON,
    area="Fjordby",
    language="nb",
    seats=8,
    version=3,
    first_meeting_at=None,
    members=6,
    has_ended=False,
    origin=next(iter(Origin)),
    starter_helps=True,
    composition=CompositionView.of(Composition()),
)


@pytest.mark.parametrize(
    ("first_meeting_at", "phase", "told"),
    [
        (None, Phase.FORMING, (8, 6, 3)),
        (NOW + timedelta(days=1), Phase.FORMING, (8, 6, 3)),
        (NOW - timedelta(days=1), Phase.MEETING, (None, None, None)),
    ],
)
def test_it_has_every_member_of_the_view_and_no_other(
    first_meeting_at: datetime | None, phase: Phase, told: tuple[int | None, ...]
) -> None:
    shown = GroupView.for_coordinator(LISTED._replace(first_meeting_at=first_meeting_at), NOW)
    assert list(vars(shown)) == [field.name for field in fields(GroupView)], "in this order they are written"
    without = {name for name, value in vars(shown).items() if value is None}
    assert without - set(NOT_FOR_STAFF) <= {"theme", "seats", "member_count", "version"}, "forgotten"
    assert shown == replace(shown), "and is one like any other"
    assert {name: vars(shown)[name] for name in NOT_FOR_STAFF} == dict(NOT_FOR_STAFF)
    assert (shown.phase, (shown.seats, shown.member_count, shown.version)) == (phase, told)


def test_what_one_view_is_given_no_other_has() -> None:
    first, second = (GroupView.for_coordinator(LISTED, NOW) for _ in range(2))
    assert first.guidance is not second.guidance
