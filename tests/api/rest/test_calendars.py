"""Calendars, as the programs that people have ask for them and read them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest
import structlog

from app.api.rest.time_zones import observances
from app.api.shared.limits import Limits
from app.domain.meetings.place import PlaceType
from app.domain.shared.actor import Actor
from app.services.ports.paging import PageRequest
from tests.api.rest.conftest import Asking
from tests.support.calendar_world import fetched, shown
from tests.support.world import Made, World

OSLO = ZoneInfo("Europe/Oslo")
WRONG = "/v1/calendars/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.ics"


async def mine(world: World, member: Actor) -> str:
    return (await world.do.meetings.make_my_calendar(member)).url


async def of_group(world: World, member: Actor, group: Made) -> str:
    return (await world.do.meetings.make_group_calendar(member, group.id)).url


def changes_of_the_clock(year: int) -> list[datetime]:
    """02:00 on the last Sundays of March and October, by the wall."""
    found = []
    for month in (3, 10):
        day = datetime(year, month, 31)  # noqa: DTZ001 by the wall
        found.append(day - timedelta(days=(day.weekday() + 1) % 7) + timedelta(hours=2))
    return found


@pytest.mark.hazard("M-h2")
async def test_two_years_read_back_by_two_parsers_are_at_the_hours_of_the_api(
    world: World, http: httpx.AsyncClient
) -> None:
    group = await world.meeting(3)
    member, this = group.members[0], world.now.astimezone(OSLO)
    walls = [
        this.replace(hour=18, minute=0, second=0, microsecond=0, tzinfo=None) + timedelta(days=12 * turn)
        for turn in range(1, 61)
    ]
    for year in range(this.year, this.year + 3):
        for change in changes_of_the_clock(year):
            walls += [change + timedelta(minutes=minutes) for minutes in (-30, 30, 90, 16 * 60)]
    starts = {wall.replace(tzinfo=OSLO, fold=fold).astimezone(UTC) for wall in walls for fold in (0, 1)}
    reach = world.now + timedelta(days=731)
    for start in sorted(each for each in starts if world.now < each < reach):
        await world.do.meetings.plan_meeting(member, group.id, start, "Library")
    page = PageRequest(limit=200)
    listed = {
        (each.starts_at.replace(microsecond=0), each.ends_at.replace(microsecond=0))
        for each in (await world.do.meetings.list_meetings(member, group.id, page)).items
    }
    assert max(at for at, _ in listed) - min(at for at, _ in listed) > timedelta(days=700)
    read = await shown(http, await mine(world, member))
    assert {(each.starts_at, each.ends_at) for each in read.values()} == listed
    repeated = [at for at, _ in listed if at.astimezone(OSLO).fold]
    assert repeated, "the hour that comes twice"
    for each in read.values():
        if each.starts_at not in repeated:
            assert each.wall == each.starts_at.astimezone(OSLO).replace(tzinfo=None)
    assert {each.summary for each in read.values()} == {"Meeting"}
    assert {each.place for each in read.values()} == {"Library"}


async def test_the_zones_that_a_file_carries_are_the_zones(world: World) -> None:
    text = observances("Europe/Oslo", 2026, 2028).to_ical().decode()
    assert "DTSTART:20250330T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in text
    assert "DTSTART:20251026T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in text
    still = observances("Atlantic/Reykjavik", 2026, 2028).to_ical().decode()
    assert "BEGIN:STANDARD" in still
    assert "DAYLIGHT" not in still
    irregular = observances("Africa/Casablanca", 2026, 2028).to_ical().decode()
    assert "RDATE" in irregular


async def test_what_changes_keeps_its_uid_and_says_so(world: World, http: httpx.AsyncClient) -> None:
    group = await world.meeting(3)
    member = group.members[1]
    url = await mine(world, member)
    at = (world.now + timedelta(days=5)).replace(microsecond=0, second=0)
    moving = await world.do.meetings.plan_meeting(member, group.id, at, "Library")
    ending = await world.do.meetings.plan_meeting(member, group.id, at + timedelta(days=1), "Library")
    before = await shown(http, url)
    assert len(before) == 3
    (uid,) = [key for key, each in before.items() if each.starts_at == at]
    assert before[uid].sequence == 0
    later = at + timedelta(hours=3)
    await world.do.meetings.move_meeting(
        member, moving.id, moving.version, later, "Church", 90, PlaceType.CHURCH
    )
    await world.do.meetings.cancel_meeting(member, ending.id)
    after = await shown(http, url)
    assert set(after) == set(before)
    assert after[uid].starts_at == later
    assert (after[uid].place, after[uid].sequence, after[uid].status) == ("Church", 1, "CONFIRMED")
    (gone,) = [each for each in after.values() if each.status == "CANCELLED"]
    assert (gone.starts_at, gone.sequence) == (at + timedelta(days=1), 1)
    held = next(each for each in after.values() if each.starts_at < world.now)
    assert held.status == "CONFIRMED", "the first meeting counts as held"
    first = next(
        each
        for each in (await world.do.meetings.list_meetings(member, group.id, PageRequest(limit=9))).items
        if each.starts_at < world.now
    )
    await world.do.meetings.correct_meeting(member, first.id, held=False)
    assert [each.status for each in (await shown(http, url)).values()].count("CANCELLED") == 2
    world.forward(days=32)
    assert {each.status for each in (await shown(http, url)).values()} <= {"CONFIRMED"}, "told for a month"


async def test_two_people_of_one_group_cannot_be_joined_by_their_calendars(
    world: World, http: httpx.AsyncClient
) -> None:
    group = await world.meeting(3)
    here, there = [await shown(http, await mine(world, each)) for each in group.members[:2]]
    assert [each.starts_at for each in here.values()] == [each.starts_at for each in there.values()]
    assert not set(here) & set(there)
    again = await shown(http, await mine(world, group.members[0]))
    of_the_group = await shown(http, await of_group(world, group.members[0], group))
    assert set(again) == set(here) == set(of_the_group), "stable, whatever address they are read by"


@pytest.mark.hazard("M-h6", "M-h7")
async def test_nothing_in_it_betrays(world: World, http: httpx.AsyncClient) -> None:
    group = await world.meeting(4)
    member = group.members[0]
    for place, kind in (
        ("Storgata 4, at Kari's", PlaceType.PRIVATE_HOME),
        ("https://video.example/room", PlaceType.ONLINE),
        ("+47 23 45 67 89", PlaceType.PHONE),
    ):
        at = world.now + timedelta(days=7 + len(place))
        await world.do.meetings.plan_meeting(member, group.id, at, place, 60, kind)
    for url in (await mine(world, member), await of_group(world, member, group)):
        answer = await fetched(http, url)
        said = answer.text.replace("\r\n ", "").lower()
        ids = [group.id, group.organisation, *(each.person_id for each in group.members)]
        for word in (
            "grief",
            "member0",
            "area",
            "storgata",
            "video.example",
            "23 45",
            "verksted",
            "127.0.0.1",
            "selvhjelp",
            "self-help",
            "group",
            "local",
            "attendee",
            "organizer",
            "description",
            "url",
            *map(str, ids),
        ):
            assert word not in said, word
        assert answer.text.count("CLASS:PRIVATE") == 4
        assert answer.text.count("LOCATION") == 1, "the library of the first meeting"


@pytest.mark.hazard("M-h6", "P-h13")
async def test_the_place_stands_in_it_for_those_who_may_know_it(
    world: World, http: httpx.AsyncClient
) -> None:
    group = await world.meeting(3, sign=False)
    await world.do.groups.sign_declaration(group.members[0], group.id, world.signature())
    at = world.now + timedelta(days=3)
    await world.do.meetings.plan_meeting(group.members[0], group.id, at, "Chapel")
    signed = await shown(http, await mine(world, group.members[0]))
    unsigned = await shown(http, await mine(world, group.members[1]))
    assert [each.place for each in signed.values()] == ["Library", "Chapel"]
    assert [each.place for each in unsigned.values()] == ["Library", None], "where the first one is (D-h1)"
    await world.do.people.protect_my_identity(group.members[2])
    for member in group.members:
        told = await shown(http, await mine(world, member))
        assert {each.place for each in told.values()} == {None}


async def test_only_the_address_opens_it_and_all_others_fail_alike(
    world: World, http: httpx.AsyncClient, asking: Asking
) -> None:
    group = await world.meeting(3)
    member = group.members[0]
    old = await mine(world, member)
    assert (await fetched(http, old)).status_code == 200
    new = await mine(world, member)
    ended = await of_group(world, member, group)
    await world.do.meetings.remove_group_calendar(member, group.id)
    leaving = await of_group(world, group.members[1], group)
    assert (await fetched(http, leaving)).status_code == 200
    await world.do.groups.leave_group(group.members[1], group.id)
    refused = [await fetched(http, url) for url in (WRONG, old, ended, leaving, new.replace(".ics", "x.ics"))]
    texts = {
        (
            each.status_code,
            str({**each.json(), "instance": ""}),
            str(sorted(set(each.headers) - {"x-request-id"})),
        )
        for each in refused
    }
    assert len(texts) == 1
    assert {each.json()["code"] for each in refused} == {"shared.not_found"}
    assert (await fetched(http, new)).status_code == 200
    person = asking(member)
    assert (await person.get("/v1/me/calendar")).json()["since"] is not None
    assert (await person.ask("DELETE", "/v1/me/calendar")).status_code == 204
    assert (await person.ask("DELETE", "/v1/me/calendar")).status_code == 204
    assert (await person.get("/v1/me/calendar")).json() == {"since": None}
    assert (await fetched(http, new)).status_code == 404


async def test_it_is_not_sent_again_and_a_head_has_no_body(world: World, http: httpx.AsyncClient) -> None:
    group = await world.meeting(3)
    url = await mine(world, group.members[0])
    read = await fetched(http, url)
    assert read.headers["content-type"] == "text/calendar; charset=utf-8"
    assert read.headers["cache-control"] == "private, no-store"
    assert read.headers["referrer-policy"] == "no-referrer"
    tag = read.headers["etag"]
    again = await fetched(http, url, if_none_match=tag)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    head = await fetched(http, url, "HEAD")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)
    assert (await fetched(http, url, "POST")).status_code == 405
    await world.do.meetings.plan_meeting(group.members[0], group.id, world.now + timedelta(days=2), "Library")
    changed = await fetched(http, url, if_none_match=tag)
    assert (changed.status_code, changed.headers["etag"] == tag) == (200, False)
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in changed.text
    assert "X-PUBLISHED-TTL:PT6H\r\n" in changed.text
    wrong = await fetched(http, WRONG, if_none_match="*")
    assert wrong.status_code == 404


@pytest.mark.hazard("P-h7")
async def test_the_address_is_in_no_log_and_no_metric(world: World, http: httpx.AsyncClient) -> None:
    group = await world.meeting(3)
    url = await mine(world, group.members[0])
    token = url.rsplit("/", 1)[1].removesuffix(".ics")
    with structlog.testing.capture_logs() as lines:
        assert (await fetched(http, url)).status_code == 200
        assert (await fetched(http, url, if_none_match="*")).status_code == 304
        assert (await fetched(http, f"/v1/calendars/{token}")).status_code == 404
        wrong = await fetched(http, url.replace(token, f"{token}0"))
    assert [each["route"] for each in lines if each["event"] == "request"] == [
        "/v1/calendars/{token}.ics",
        "/v1/calendars/{token}.ics",
        "unmatched",
        "/v1/calendars/{token}.ics",
    ]
    assert token not in str(lines) + wrong.text + str(wrong.headers) + (await http.get("/metrics")).text


async def test_wrong_addresses_count_as_guessing_and_good_ones_never(
    world: World, http: httpx.AsyncClient, web: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = await world.meeting(3)
    url, counted = await mine(world, group.members[0]), []

    async def bad_token(limits: Limits, scope: object) -> None:
        counted.append(scope)

    monkeypatch.setattr(Limits, "bad_token", bad_token)
    assert (await fetched(http, url)).status_code == 200
    assert not counted
    assert (await fetched(http, WRONG)).status_code == 404
    assert len(counted) == 1


@pytest.mark.parametrize(
    ("language", "summary"), [("nb", "Møte"), ("nn", "Møte"), ("da", "Møde"), ("en", "Meeting")]
)
async def test_it_speaks_the_persons_language_whoever_asks(
    world: World, http: httpx.AsyncClient, language: str, summary: str
) -> None:
    group = await world.meeting(3)
    member = group.members[0]
    await world.do.people.introduce_myself(member, "Somebody", [language, "en"], True)
    answer = await fetched(http, await mine(world, member), accept_language="en, da")
    assert f"SUMMARY:{summary}\r\n" in answer.text
    assert answer.headers["content-language"] == language
