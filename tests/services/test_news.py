"""Whoever is told of something can read it at that moment, by the same standing; all others are told nothing."""

from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest

from app.adapters.postgres.bell import MOST_AT_ONCE, Bell
from app.bootstrap.keys import news_seals
from app.domain.events.catalogue import CATALOGUE
from app.domain.events.event_type import Known
from app.domain.events.news import LETS_IN, LISTENED_FOR, NEWS, TOLD_BY, Happening
from app.domain.meetings.errors import SeriesNotFound
from app.domain.organisations.organisation import Role
from app.domain.shared.actor import Actor
from app.domain.shared.errors import DomainError
from app.domain.shared.events import Event
from app.domain.shared.ids import OrganisationId
from app.services.events.news_views import NewsView
from app.services.ports.paging import FIRST_PAGE
from app.settings import Settings
from tests.parity.scene import play
from tests.services.test_every_event import (
    _courses_offers_systems,
    _ends_without_a_count,
    _meetings,
    _people,
    _starters,
)
from tests.support.intake_world import appointed, conversations, worker
from tests.support.meetings_world import weekly
from tests.support.starters_world import helped, planned
from tests.support.world import World

INSIDE = {Known.GROUP, Known.COMPOSER, Known.CONCERNED}


def test_what_no_feed_tells_is_what_streams_tell() -> None:
    """Every type that only a group or one person knows has its ear, and no other type has; a vote is no type at all."""
    assert NEWS.keys() == {name for name, each in CATALOGUE.items() if each.known in INSIDE}
    assert CATALOGUE.keys() >= LETS_IN
    assert not [name for name in LISTENED_FOR if "vote" in name or "vote" in CATALOGUE[name].says.lower()]
    assert not {"membership", "person", "message", "entry", "visit"} & set(TOLD_BY)


@dataclass
class Overheard:
    """What has been rung, in its order."""

    happenings: list[Happening] = field(default_factory=list)


@pytest.fixture
def overheard(monkeypatch: pytest.MonkeyPatch) -> Overheard:
    found, ring = Overheard(), Bell.ring

    async def heard(
        self: Bell, connection: Any, organisation: OrganisationId, events: Iterable[Event]
    ) -> None:
        told = list(events)
        await ring(self, connection, organisation, told)
        found.happenings += [Happening.of(each, organisation) for each in told if each.type in LISTENED_FOR]

    monkeypatch.setattr(Bell, "ring", heard)
    return found


async def _read(world: World, who: Actor, told: NewsView) -> None:
    """Ask for what the ids name, as a client would: refused where they may not know."""
    do = world.do
    reading: list[tuple[Any, Callable[[Actor, Any], Awaitable[Any]]]] = [
        (told.ballot_id, do.admission.read_ballot),
        (told.meeting_id, do.meetings.read_meeting),
        (told.application_id, do.admission.read_application),
        (told.assessment_id, do.intake.read_assessment),
    ]
    for asked, read in reading:
        if asked is not None:
            await read(who, asked)
    group = told.group_id
    if told.type is None or group is None:
        return
    if told.placement_id is not None:
        await do.groups.list_my_invitations(who)
        return
    await do.groups.read_group(who, group)  # type: ignore[arg-type]
    if told.type in ("group.series.planned", "group.series.changed"):
        with suppress(
            SeriesNotFound
        ):  # it may have ended since; whoever has no place is refused in the same words
            await do.meetings.read_series(who, group)  # type: ignore[arg-type]
        assert (await do.groups.read_group(who, group)).my_standing in ("member", "unsigned")  # type: ignore[arg-type]
    if told.type.startswith("group.absence."):
        await do.meetings.list_absences(who, told.meeting_id)  # type: ignore[arg-type]
    if told.type == "group.starter.wrote":
        await do.starters.list_starter_messages(who, group, FIRST_PAGE)  # type: ignore[arg-type]
    if told.type == "group.starter.invited_back":
        await do.starters.list_visits(who, group, FIRST_PAGE)  # type: ignore[arg-type]
    if told.type.startswith("group.place."):
        await do.groups.list_waiting(who, group, FIRST_PAGE)  # type: ignore[arg-type]


async def _with_a_starter(world: World) -> None:
    """A group while its starter is with it, for one meeting: what lies within, and what lies behind the exit."""
    group, _, _ = await helped(world, max_meetings=1)
    me = group.members[0]
    within = await planned(world, group, days=0.02)
    behind = await planned(world, group)
    for meeting in (within, behind):
        await world.do.meetings.note_absence(me, meeting.id)
    await weekly(world, group)


async def _with_somebody_who_is_known(world: World) -> None:
    """A conversation whose person knows a coordinator: whatever their role, they see nothing of it (I-h8)."""
    interviewer = await conversations(world)
    known = await worker(world, Role.COORDINATOR)
    somebody, assessment = await appointed(world, interviewer)
    await world.do.intake.name_known_interviewers(somebody, assessment, [known.person_id])


async def test_whoever_is_told_can_read_it(
    world: World, overheard: Overheard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through whole histories, for everybody who lives in them, as of the end of each; and nobody else is told."""
    people: list[Actor] = [world.administrator, world.coordinator]
    person = World.person

    async def noted(self: World, name: str = "somebody", *, language: str = "en") -> Actor:
        people.append(await person(self, name, language=language))
        return people[-1]

    monkeypatch.setattr(World, "person", noted)
    tell, told, types = world.do.events.tell_news, 0, set[str]()
    histories = (
        play, _with_a_starter, _courses_offers_systems, _meetings, _ends_without_a_count, _starters, _people,
        _with_somebody_who_is_known,
    )  # fmt: skip
    for history in histories:
        await history(world)
        for happening, who in product(overheard.happenings, people):
            view = await tell(who, happening)
            if view is None:
                continue
            told += 1
            try:
                await _read(world, who, view)
            except DomainError as error:
                raise AssertionError(f"{view} was told to somebody who may not know: {error.code}") from error
        types |= {each.type for each in overheard.happenings}
        overheard.happenings.clear()
        del people[2:]
    assert types == LISTENED_FOR
    assert told > 100


def test_a_notification_has_its_bound(settings: Settings) -> None:
    """PostgreSQL refuses 8,000 bytes and more, and would fail the transaction."""
    bell = Bell(news_seals(settings))
    sent: list[str] = []

    class Wire:
        async def execute(self, _sql: str, _channel: str, payload: str) -> str:
            sent.append(payload)
            return ""

    longest = max(LISTENED_FOR, key=len)
    here = OrganisationId(uuid4())
    ids = dict.fromkeys(CATALOGUE[longest].carries, here) | {"replaces": here, "assignment": here}
    events = [Event(longest, here, ids)] * (2 * MOST_AT_ONCE + 1)
    ringing = bell.ring(Wire(), here, events)  # type: ignore[arg-type]
    with pytest.raises(StopIteration):
        ringing.send(None)
    assert len(sent) == 3
    assert max(map(len, sent)) < 7_900
    heard = [bell.heard(each) or [] for each in sent]
    assert sum(map(len, heard)) == len(events)
    assert heard[0][0] == Happening(longest, here, here, ids)
    assert bell.heard("nonsense") is None
    assert bell.heard(sent[0][:-4]) is None


@pytest.mark.rule("X-10")
@pytest.mark.hazard("S-h1")
async def test_a_starter_is_told_of_meetings_before_their_exit_and_of_no_later_one(world: World) -> None:
    """Nor of one that isn't there: whoever is told of something can read it."""
    last = (world.now + timedelta(days=10)).date()
    group, starter, _ = await helped(world, latest_date=last)
    near, far = [await planned(world, group, days) for days in (5, 20)]
    tell = world.do.events.tell_news

    def of(meeting: object) -> Happening:
        ids = {"group": group.id, "meeting": meeting}
        return Happening("group.meeting.planned", world.organisation, group.id, ids)  # type: ignore[arg-type]

    assert await tell(starter, of(near.id)) is not None
    for meeting in (far.id, uuid4()):
        assert await tell(starter, of(meeting)) is None
    assert await tell(group.members[0], of(far.id)) is not None
