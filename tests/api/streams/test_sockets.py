"""Subscriptions over graphql-transport-ws: the protocol, who may, limits and trusted documents, and hostile messages."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from app.adapters.identity.dev_issuer import DevIssuer
from app.api.graphql.trusted import OWN
from app.api.shared.free_documents import Freely, free_documents
from app.bootstrap import Running
from app.domain.admission.questions import Question
from app.domain.shared.actor import Actor
from tests.support.following import PATIENCE_SECONDS
from tests.support.replicas import Replica, replica_of
from tests.support.starters_world import planned
from tests.support.world import World

PROTOCOL = "graphql-transport-ws"
FOLLOW = """subscription($group: UUID, $about: [NewsTopic!]) { followMyNews(groupId: $group, about: $about) {
  ... on News { said type why groupId ballotId meetingId } ... on Problem { code status } } }"""


@dataclass
class Line:
    """A client's end of a line."""

    socket: ClientConnection

    async def send(self, message: Any) -> None:
        await self.socket.send(message if isinstance(message, str | bytes) else json.dumps(message))

    async def next(self) -> Any:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return json.loads(await self.socket.recv())

    async def subscribe(self, identifier: str, query: str | None = FOLLOW, **more: Any) -> None:
        payload = {**({} if query is None else {"query": query}), **more}
        await self.send({"id": identifier, "type": "subscribe", "payload": payload})

    async def news(self) -> Any:
        """What the next word says; null members left out."""
        message = await self.next()
        assert message["type"] == "next", message
        assert "errors" not in message["payload"]
        said = message["payload"]["data"]["followMyNews"]
        return {name: value for name, value in said.items() if value is not None}

    async def closed(self) -> tuple[int, str]:
        """The code and the reason with which the line was closed, whatever came before."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self._goes_on():
                pass
        code, reason = self.socket.close_code, self.socket.close_reason
        assert code is not None
        return code, reason or ""

    async def _goes_on(self) -> bool:
        try:
            await self.socket.recv()
        except ConnectionClosed:
            return False
        return True


@asynccontextmanager
async def line(replica: Replica, **options: Any) -> AsyncIterator[Line]:
    """Open a line, and say nothing yet."""
    url = replica.url.replace("http", "ws") + "/graphql"
    async with connect(url, **{"subprotocols": [PROTOCOL], "proxy": None, **options}) as socket:
        yield Line(socket)


@asynccontextmanager
async def line_as(replica: Replica, actor: Actor) -> AsyncIterator[Line]:
    """Open a line, and say who one is."""
    async with line(replica) as opened:
        shown = {"authorization": f"Bearer {replica.token(actor.subject)}"}
        await opened.send({"type": "connection_init", "payload": shown})
        answer = await opened.next()
        assert answer["type"] == "connection_ack"
        assert 3000 < answer["payload"]["expires_in"] <= 3600
        yield opened


async def test_what_happens_at_one_replica_comes_through_at_the_other(world: World, there: Replica) -> None:
    group = await world.meeting(3)
    async with line_as(there, group.members[1]) as opened:
        await opened.subscribe("a", variables={"group": str(group.id)})
        assert await opened.news() == {"said": "ASK", "why": "OPENED"}
        ballot = await world.do.admission.open_ballot(
            group.members[0], group.id, Question.OPEN_FOR_NEW_PEOPLE
        )
        told = {"said": "NEWS", "groupId": str(group.id), "ballotId": str(ballot.id)}
        assert await opened.news() == {**told, "type": "group.ballot.opened"}
        await world.vote(ballot, group.members[:2])
        meeting = await planned(world, group)
        said = await opened.news()
        assert (said["type"], said["meetingId"]) == ("group.meeting.planned", str(meeting.id))
        await world.vote(ballot, group.members)
        assert await opened.news() == {**told, "type": "group.ballot.closed"}
        await opened.send({"type": "ping"})
        assert await opened.next() == {"type": "pong"}
        await world.do.groups.leave_group(group.members[1], group.id)
        assert await opened.news() == {"said": "END", "why": "ENDED"}
        assert await opened.next() == {"id": "a", "type": "complete"}
    assert there.app.state.streams.open_streams == 0


async def test_hidden_and_absent_are_refused_alike(world: World, there: Replica) -> None:
    group, mine = await world.meeting(3), await world.meeting(3)
    async with line_as(there, mine.members[0]) as opened:
        for number, asked in enumerate((group.id, uuid4(), world.organisation)):
            await opened.subscribe(str(number), variables={"group": str(asked)})
            assert await opened.news() == {"code": "groups.not_found", "status": 404}
            assert (await opened.next())["type"] == "complete"


@pytest.mark.parametrize(
    "payload", [None, {}, {"authorization": "Bearer x"}, {"authorization": 7}, {"authorization": ""}]
)
async def test_without_a_good_token_there_is_nothing(there: Replica, payload: Any) -> None:
    async with line(there) as opened:
        await opened.send({"type": "connection_init"} | ({} if payload is None else {"payload": payload}))
        code, _ = await opened.closed()
        assert code == 4403


async def test_a_token_in_the_address_is_none_and_gets_into_no_log(
    world: World, there: Replica, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "uvicorn.error")
    token, url = there.token(world.coordinator.subject), there.url.replace("http", "ws")
    async with connect(f"{url}/graphql?access_token={token}", subprotocols=[PROTOCOL], proxy=None) as socket:
        opened = Line(socket)
        await opened.send({"type": "connection_init", "payload": {}})
        assert (await opened.closed())[0] == 4403
    with pytest.raises(InvalidStatus):
        await connect(f"{url}/{token}?x={token}", subprotocols=[PROTOCOL], proxy=None)
    said = [record.getMessage() for record in caplog.records]
    assert [line for line in said if "WebSocket" in line]
    assert not [line for line in said if token in line]


async def test_who_says_nothing_or_too_early_is_closed(there: Replica, monkeypatch: Any) -> None:
    monkeypatch.setattr("app.api.graphql.sockets.INIT_SECONDS", 0.05)
    async with line(there) as opened:
        assert (await opened.closed())[0] == 4408
    async with line(there) as opened:
        await opened.subscribe("a")
        assert (await opened.closed())[0] == 4401


async def test_it_ends_with_the_token(world: World, there: Replica, issuer: DevIssuer) -> None:
    subject, lived = world.coordinator.subject, timedelta(minutes=10)
    assert subject is not None
    token = issuer.mint(subject, now=datetime.now(UTC) - lived + timedelta(seconds=2.5), lifetime=lived)
    async with line(there) as opened:
        await opened.send({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}})
        assert (await opened.next())["type"] == "connection_ack"
        await opened.subscribe("a")
        assert (await opened.news())["why"] == "OPENED"
        assert await opened.news() == {"said": "END", "why": "TOKEN_EXPIRED"}
        assert await opened.closed() == (4403, "shared.token_expired")


@pytest.mark.parametrize(
    ("origin", "is_let_in"),
    [
        (None, True),
        ("https://verksted.test", True),
        ("https://evil.test", False),
        ("null", False),
        ("https://verksted.test.evil.test", False),
    ],
)
async def test_pages_of_others_open_no_line(there: Replica, origin: str | None, is_let_in: bool) -> None:
    if is_let_in:
        async with line(there, origin=origin) as opened:
            assert opened.socket.subprotocol == PROTOCOL
        return
    with pytest.raises(InvalidStatus) as refused:
        await line(there, origin=origin).__aenter__()
    assert refused.value.response.status_code == 403


async def test_another_protocol_is_not_spoken(there: Replica) -> None:
    for protocols in (None, ["graphql-ws"], ["x"]):
        async with line(there, subprotocols=protocols) as opened:
            assert (await opened.closed())[0] == 4406


LONG = "subscription{followMyNews{...on News{" + "said " * 1000 + "}}"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{readMe{__typename}}", "graphql.subscription"),
        ("mutation{leaveGroup(groupId: 1){__typename}}", "graphql.validation"),
        ("subscription{followMyNews{__typename}", "graphql.syntax"),
        ("subscription{nothing}", "graphql.validation"),
        ("subscription{a: followMyNews{__typename} b: followMyNews{__typename}}", "graphql.validation"),
        ("subscription{__schema{queryType{name}}}", "graphql.introspection_off"),
        (LONG, "graphql.too_many_tokens"),
        ("subscription($g: UUID!){followMyNews(groupId: $g){__typename}}", "graphql.variables"),
        (7, "graphql.bad_request"),
        (None, "graphql.bad_request"),
    ],
)
async def test_the_limits_hold_here_too(world: World, there: Replica, query: Any, code: str) -> None:
    async with line_as(there, world.coordinator) as opened:
        await opened.subscribe("a", query)
        message = await opened.next()
        assert (message["id"], message["type"]) == ("a", "error")
        assert [error["extensions"]["code"] for error in message["payload"]] == [code]
        await opened.send({"type": "ping"})
        assert await opened.next() == {"type": "pong"}


async def test_a_wrong_value_is_not_repeated(world: World, there: Replica) -> None:
    async with line_as(there, world.coordinator) as opened:
        await opened.subscribe("a", variables={"group": "01019012345"})
        message = await opened.next()
        assert message["type"] == "error"
        assert "01019012345" not in json.dumps(message)


async def test_trusted_documents_and_none_else_where_it_is_said_so(
    world: World, there: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = there.app.state
    closed_shop = replace(state.ways, free_documents=free_documents(Freely.NOBODY))
    monkeypatch.setitem(state._state, "ways", closed_shop)
    listed = json.loads(OWN.read_text())["documents"]
    news = next(name for name, entry in listed.items() if entry["name"] == "News")
    async with line_as(there, world.coordinator) as opened:
        await opened.subscribe("a")
        (error,) = (await opened.next())["payload"]
        assert error["extensions"]["code"] == "graphql.document_not_trusted"
        await opened.subscribe("b", None, documentId=news, variables={"about": ["BALLOTS"]})
        assert (await opened.news())["why"] == "OPENED"


@pytest.mark.parametrize(
    "message",
    [
        "",
        "x",
        "[]",
        "7",
        "null",
        '{"type": 7}',
        '{"type": "subscribe"}',
        '{"type": "subscribe", "id": [], "payload": {}}',
        '{"type": "subscribe", "id": "a", "payload": []}',
        '{"type": "subscribe", "id": "' + "a" * 101 + '", "payload": {}}',
        '{"type": "complete", "id": {}}',
        '{"type": "connection_init", "payload": []}',
        '{"type": "connection_init", "payload": NaN}',
        '{"type": "ping", "type": "ping"}',
        '{"type": "nonsense"}',
        "[" * 5000,
        b"\x00\xff",
        '{"type": "ping", "payload": "' + "a" * 70_000 + '"}',
    ],
)
async def test_what_can_not_be_meant_closes_the_line(there: Replica, message: Any) -> None:
    async with line(there) as opened:
        await opened.send(message)
        code, reason = await opened.closed()
        assert (code, reason) == (4400, "Bad message")


async def test_too_many_messages_close_it_and_too_many_subscriptions_are_refused(
    world: World, there: Replica
) -> None:
    async with line_as(there, world.coordinator) as opened:
        for number in range(6):
            await opened.subscribe(str(number))
        said = [await opened.next() for _ in range(6)]
        assert sorted(each["type"] for each in said) == ["error", *["next"] * 5]
        for _ in range(80):
            await opened.send({"type": "ping"})
        assert await opened.closed() == (4429, "Too many messages")
    assert there.app.state.streams.open_streams == 0


async def test_a_server_that_stops_says_when_to_come_back(
    world: World, service: Running, token: Callable[..., str]
) -> None:
    async with replica_of(service, token) as here, line_as(here, world.coordinator) as opened:
        await opened.subscribe("a")
        assert (await opened.news())["why"] == "OPENED"
        here.app.state.drain.begin()
        assert (await opened.news())["why"] == "RESTARTING"
        code, reason = await opened.closed()
        assert code == 1012
        assert reason.startswith("Come back in ")
