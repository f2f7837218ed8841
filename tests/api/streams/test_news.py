"""News across replicas: who is told, at which moment no more, and what is told to nobody."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import asyncpg
import pytest

from app.adapters.identity.dev_issuer import DevIssuer
from app.adapters.postgres.bell import CHANNEL
from app.bootstrap import Running, database_urls
from app.domain.admission.decision_rules import Choice
from app.domain.admission.questions import Question
from app.domain.organisations.organisation import Role
from app.domain.shared.actor import Actor
from app.domain.volunteers.volunteer import RecruitmentSource
from app.settings import Settings
from tests.support.following import Follower, following
from tests.support.meetings_world import membership
from tests.support.replicas import Replica, replica_of
from tests.support.starters_world import helped, planned
from tests.support.systems_world import machine
from tests.support.volunteers_world import found_suited
from tests.support.world import Made, World

OPENED, CLOSED, PLANNED = "group.ballot.opened", "group.ballot.closed", "group.meeting.planned"
ENDED = "group.ballot.ended"


async def sentinel(world: World, group: Made, follower: Follower, days: float = 7) -> None:
    """Something that this follower is told, so that what came before it, and wasn't told, has been silent."""
    made = await planned(world, group, days)
    word = await follower.next()
    assert (word["type"], word["meeting_id"]) == (PLANNED, str(made.id))


async def own_sentinel(world: World, who: Actor, follower: Follower) -> None:
    """The same for whoever has no group here: something of their own."""
    await world.do.volunteers.offer_to_volunteer(who, world.organisation, RecruitmentSource.ASSOCIATION)
    await found_suited(world, who)
    word = await follower.next()
    if word["type"] == "volunteer.offered":
        word = await follower.next()
    assert word["type"] == "volunteer.entry.recorded"


async def test_an_outcome_at_one_replica_reaches_a_subscriber_of_the_other(
    world: World, there: Replica
) -> None:
    group = await world.meeting(3)
    async with there.follow(group.members[2]) as follower:
        ballot = await world.do.admission.open_ballot(
            group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE
        )
        told = {
            "said": "news",
            "topic": "ballots",
            "organisation_id": str(world.organisation),
            "group_id": str(group.id),
            "ballot_id": str(ballot.id),
        }
        assert await follower.next() == {**told, "type": OPENED}
        await world.vote(ballot, group.members)
        assert await follower.next() == {**told, "type": CLOSED}
        headers = {"Authorization": f"Bearer {there.token(group.members[2].subject)}"}
        seen = await there.http.get(f"/v1/ballots/{ballot.id}", headers=headers)
        assert seen.json()["status"] == "adopted"


async def test_a_ballot_that_ends_without_a_count_is_told_and_never_why(world: World, there: Replica) -> None:
    """Withdrawn with its application, void by an entry: the same word, and the same ids as of any other ballot."""
    group, code = await world.open_group(4)
    do = world.do.admission
    entering, offered = await world.applied(code, "Lerke")
    await world.vote(await world.admission(group, offered), group.members)
    leaving, taken_back = await world.applied(code, "Svale")
    void = await do.open_ballot(
        group.members[0], group.id, Question.END_DATE, ends_at=world.now + timedelta(days=90)
    )
    withdrawn = await world.admission(group, taken_back)
    about = {
        "said": "news",
        "topic": "ballots",
        "organisation_id": str(world.organisation),
        "group_id": str(group.id),
    }
    async with there.follow(group.members[1], about="ballots") as follower:
        await do.withdraw_application(leaving, taken_back.id)
        ends = ("group.application.ended", ENDED)
        told = sorted(
            [await follower.first(*ends), await follower.first(*ends)], key=lambda word: str(word["type"])
        )
        application = {**about, "type": "group.application.ended", "application_id": str(taken_back.id)}
        assert told == [application, {**about, "type": ENDED, "ballot_id": str(withdrawn.id)}]
        await do.accept_entry(entering, offered.id, world.signature())
        word = await follower.next()
        assert word == {**about, "type": ENDED, "ballot_id": str(void.id)}


async def test_that_nobody_new_comes_for_now_is_told(world: World, there: Replica) -> None:
    group, _ = await world.open_group()
    async with there.follow(group.members[1], about="ballots") as follower:
        await world.do.groups.close_for_new_people(group.members[0], group.id)
        await follower.first("group.closed_for_new")
        await world.do.groups.close_for_new_people(group.members[0], group.id)  # twice is the same as once
        await world.do.admission.open_ballot(group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
        assert (await follower.next())["type"] == OPENED


@pytest.mark.hazard("B-06", "B-07", "B-17")
async def test_of_a_vote_nothing_is_told(world: World, there: Replica) -> None:
    """Neither that one came, nor whose, nor how many: not by a word, and not by a beat."""
    group = await world.meeting(4)
    async with there.follow(group.members[3]) as follower:
        ballot = await world.do.admission.open_ballot(
            group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE
        )
        assert (await follower.next())["type"] == OPENED
        await world.vote(ballot, group.members[:2], Choice.FOR, Choice.AGAINST)
        await world.vote(ballot, group.members[:1], Choice.AGAINST)
        await sentinel(world, group, follower)
        assert follower.beats == 0


async def test_a_membership_ended_at_one_closes_the_stream_at_the_other(world: World, there: Replica) -> None:
    group = await world.meeting(4)
    me = group.members[3]
    async with there.follow(me, group_id=str(group.id)) as follower:
        await world.do.groups.leave_group(me, group.id)
        assert await follower.next() == {"said": "end", "why": "ended"}
        await follower.ends()


async def test_whoever_is_excluded_hears_of_their_own_end_and_then_nothing(
    world: World, there: Replica
) -> None:
    """Not that the ballot was counted, which is the others' by then; only that what is theirs has changed."""
    group = await world.meeting(4)
    out = group.members[3]
    ballot = await world.do.admission.open_ballot(
        group.members[0], group.id, Question.EXCLUSION, member_id=await membership(world, group, out)
    )
    async with there.follow(out) as follower, there.follow(group.members[1]) as inside:
        await world.vote(ballot, group.members[:3])
        assert await follower.next() == {"said": "ask", "why": "changed", "in_seconds": 0}
        told = [await inside.next(), await inside.next()]
        assert {word["type"] for word in told} == {CLOSED, "group.member.excluded"}
        assert all("membership_id" not in word for word in told)
        await sentinel(world, group, inside)
        await own_sentinel(world, out, follower)


async def test_who_has_nothing_to_do_with_it_hears_nothing(world: World, there: Replica) -> None:
    """A stranger, a coordinator, a starter after their exit, who was heard before it; and a former member."""
    group, starter, _ = await helped(world, max_meetings=1)
    former, stranger, staff = (
        group.members[3],
        await world.registered("stranger"),
        await world.registered("staff"),
    )
    grant = world.do.organisations.grant_role
    await grant(world.administrator, world.organisation, staff.person_id, Role.COORDINATOR)
    await world.sign_for(staff)
    async with there.follow(starter) as follower:
        await sentinel(world, group, follower, days=0.02)
    world.forward(hours=3)
    await world.do.groups.leave_group(former, group.id)
    for who in (stranger, staff, starter, former):
        async with there.follow(who) as follower:
            ballot = await world.do.admission.open_ballot(
                group.members[0], group.id, Question.END_DATE, ends_at=world.now + timedelta(days=90)
            )
            await world.vote(ballot, group.members[:3], Choice.AGAINST)
            await planned(world, group)
            await own_sentinel(world, who, follower)


async def test_hidden_and_absent_are_refused_alike(world: World, there: Replica) -> None:
    group, mine = await world.meeting(3), await world.meeting(3)
    me = mine.members[0]
    answers = []
    for asked in (group.id, uuid4(), world.organisation):
        headers = {"Authorization": f"Bearer {there.token(me.subject)}", "X-Request-Id": str(uuid4())}
        answer = await there.http.get("/v1/me/news", params={"group_id": str(asked)}, headers=headers)
        shown = dict(answer.headers)
        for name in ("x-request-id", "date", "ratelimit", "content-length"):
            shown.pop(name, None)
        answers.append((answer.status_code, {**answer.json(), "instance": ""}, shown))
    assert answers[0][0] == 404
    assert answers[0] == answers[1] == answers[2]


async def test_with_the_token_the_stream_ends(world: World, there: Replica, issuer: DevIssuer) -> None:
    group = await world.meeting(3)
    subject = group.members[0].subject
    assert subject is not None
    lived = timedelta(minutes=10)
    token = issuer.mint(subject, now=datetime.now(UTC) - lived + timedelta(seconds=2.5), lifetime=lived)
    async with following(there.http, token) as follower:
        assert await follower.next() == {"said": "end", "why": "token_expired"}
        await follower.ends()


async def test_a_listening_connection_that_is_killed_comes_back(
    world: World, there: Replica, settings: Settings
) -> None:
    group = await world.meeting(3)
    same = await asyncpg.connect(database_urls(settings, settings.secret_value()).app)
    try:
        async with there.follow(group.members[0]) as follower:
            killed = await same.fetchval(
                "select count(*) from (select pg_terminate_backend(pid) from pg_stat_activity"
                " where application_name = 'verksted streams' and datname = current_database()) as gone"
            )
            assert killed
            word = await follower.next()
            while word["why"] == "blind":
                assert 0 <= word["in_seconds"] <= 10
                word = await follower.next()
            assert word["why"] == "resumed"
            await sentinel(world, group, follower)
    finally:
        await same.close()


async def test_what_goes_between_replicas_is_sealed(world: World, settings: Settings) -> None:
    """Whoever can connect can listen; what they hear names no group, no type and no organisation."""
    assert settings.database_url is not None
    listening = await asyncpg.connect(settings.database_url.get_secret_value())
    heard: list[str] = []
    try:
        await listening.add_listener(CHANNEL, lambda *told: heard.append(str(told[-1])))
        group = await world.meeting(3)
        await listening.execute("select 1")
        said = "".join(heard)
        assert said
        for clear in ("group.", "meeting", group.id.hex, str(group.id), world.organisation.hex):
            assert clear not in said
    finally:
        await listening.close()


async def test_a_person_has_so_many_lines_and_no_more(world: World, there: Replica) -> None:
    group = await world.meeting(3)
    me, headers = group.members[0], {"Authorization": f"Bearer {there.token(group.members[0].subject)}"}
    streams = there.app.state.streams
    opened = [there.follow(me) for _ in range(10)]
    for each in opened:
        await each.__aenter__()  # type: ignore[attr-defined]
    try:
        assert streams.lines >= 10
        refused = await there.http.get("/v1/me/news", headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (429, "shared.too_many")
        assert refused.headers["retry-after"]
        async with there.follow(group.members[1]):
            pass
    finally:
        for each in opened:
            await each.__aexit__(None, None, None)  # type: ignore[attr-defined]
    async with there.follow(me) as follower:
        await sentinel(world, group, follower)
    metrics = (await there.http.get("/metrics")).text
    assert "verksted_streams_refused_total" in metrics
    assert "verksted_stream_lines" in metrics


@pytest.mark.parametrize(
    ("who", "status"), [("nobody", 401), ("spoilt", 401), ("system", 403), ("not introduced", 403)]
)
async def test_only_people_follow(world: World, there: Replica, who: str, status: int) -> None:
    system = machine(f"follower-{uuid4()}")
    shown = {
        "nobody": {},
        "spoilt": {"Authorization": "Bearer x"},
        "system": {
            "Authorization": f"Bearer {there.token(system.subject, client_id=system.client, scopes=system.scopes)}"
        },
        "not introduced": {"Authorization": f"Bearer {there.token('nobody-yet')}"},
    }[who]
    answer = await there.http.get("/v1/me/news", headers=shown)
    assert answer.status_code == status


@pytest.mark.parametrize("wrong", [{"about": "votes"}, {"about": ""}, {"group_id": "x"}, {"since": "1"}])
async def test_what_can_not_be_meant_is_refused(world: World, there: Replica, wrong: dict[str, str]) -> None:
    headers = {"Authorization": f"Bearer {there.token(world.administrator.subject)}"}
    answer = await there.http.get("/v1/me/news", params=wrong, headers=headers)
    assert answer.status_code == 422


async def test_a_head_is_answered_at_once(world: World, there: Replica) -> None:
    headers = {"Authorization": f"Bearer {there.token(world.administrator.subject)}"}
    answer = await there.http.head("/v1/me/news", headers=headers)
    assert answer.headers["content-type"].startswith("text/event-stream")


async def test_only_what_one_wants_to_hear_of(world: World, there: Replica) -> None:
    group = await world.meeting(3)
    async with there.follow(group.members[0], about="meetings") as follower:
        await world.do.admission.open_ballot(group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE)
        await sentinel(world, group, follower)


async def test_whoever_comes_into_a_group_hears_of_it_without_a_new_stream(
    world: World, there: Replica
) -> None:
    """And until then of their application alone: that it has been decided, by no ballot's name."""
    group, code = await world.open_group(4)
    actor, application = await world.applied(code)
    async with there.follow(actor) as follower:
        await world.vote(await world.admission(group, application), group.members)
        assert await follower.next() == {
            "said": "news",
            "type": "application.decided",
            "topic": "ballots",
            "organisation_id": str(world.organisation),
            "application_id": str(application.id),
        }
        await world.do.admission.accept_entry(actor, application.id, world.signature())
        words = [await follower.next(), await follower.next()]
        assert words[0] == {"said": "ask", "why": "changed", "in_seconds": 0}
        assert words[1]["type"] == "group.member.admitted"
        await sentinel(world, group, follower)


async def test_whoever_is_invited_hears_of_it_and_nobody_else(world: World, there: Replica) -> None:
    group = await world.forming(2)
    invited, other = await world.ready("invited"), await world.ready("other")
    async with there.follow(invited, about="tasks") as follower, there.follow(other) as bystander:
        made = await world.do.groups.invite_to_place(world.coordinator, group.id, invited.person_id)
        word = await follower.next()
        assert (word["type"], word["placement_id"]) == ("group.place.offered", str(made.id))
        await world.do.groups.withdraw_invitation(world.coordinator, made.id)
        assert (await follower.next())["type"] == "group.place.withdrawn"
        await own_sentinel(world, other, bystander)


async def test_a_server_that_stops_sends_its_streams_away(
    world: World, service: Running, token: Callable[..., str]
) -> None:
    """With a word when to come back; and whoever comes meanwhile is told to wait."""
    async with replica_of(service, token) as here, here.follow(world.coordinator) as follower:
        here.app.state.drain.begin()
        word = await follower.next()
        assert (word["said"], word["why"]) == ("end", "restarting")
        assert 1 <= word["in_seconds"] <= 11
        await follower.ends()
        headers = {"Authorization": f"Bearer {token(world.coordinator.subject)}"}
        late = await here.http.get("/v1/me/news", headers=headers)
        assert (late.status_code, late.json()["code"]) == (503, "shared.busy")


def test_the_example_in_the_contract_is_what_is_sent() -> None:
    from app.api.rest.news import _EXAMPLE, written
    from app.services.events.news_views import NewsReason, NewsView

    for line in _EXAMPLE.splitlines():
        if line.startswith("data: "):
            assert json.loads(line.removeprefix("data: "))["said"] in ("news", "ask", "end")
    assert written(NewsView.ask(NewsReason.OPENED)).decode() in _EXAMPLE
    assert written(NewsView.end(NewsReason.TOKEN_EXPIRED)).decode() in _EXAMPLE
