"""One attempt, over real sockets: signed, to the very address that was looked at, and nowhere else."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpcore
import httpx
import orjson
import pytest
from fastapi import FastAPI
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from app.adapters.delivery.connecting import CheckedBackend, ask_names
from app.adapters.delivery.sender import BODY_BYTES, Sender
from app.domain.events.addresses import Addresses
from app.domain.events.delivery import Answer, Delivery, DeliveryState, Fault
from app.domain.events.webhook import new_secret
from app.domain.shared.ids import WebhookId, organisation_id
from app.services.events.sending import Outgoing
from tests.support.certificates import certified
from tests.support.receiver import Receiver, Request, receiving, says
from tests.support.webhooks_world import deliver, hooked
from tests.support.world import World

SECRET, EARLIER = new_secret(b"a" * 32), new_secret(b"b" * 32)
PUBLIC = "93.184.215.14"
HOSTILE = (
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.255.255.254",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.1",
    "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250",
    "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:93.184.215.14",
    "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "3fff::1",
    "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%1", "fec0::1", "ff02::1", "ff0e::1",
)  # fmt: skip
"""What a name may lead to: private, loopback, link-local, carriers', multicast, reserved, and IPv4 in IPv6's clothes."""


def outgoing(url: str, *secrets: str) -> Outgoing:
    now = datetime.now(UTC)
    delivery = Delivery(
        organisation_id=organisation_id(7), webhook_id=WebhookId(uuid4()), event_id=uuid4(), number=1,
        type="course.created", subject=uuid4(), ids={"course": uuid4()}, occurred_at=now, made_at=now,
        state=DeliveryState.WAITING, attempts=1, next_at=None, last_at=now, status=None, fault=None, ended_at=None,
    )  # fmt: skip
    return Outgoing(delivery, url, secrets or (SECRET,))


class Nat(httpcore.AsyncNetworkBackend):
    """The way to a public address, which ends on loopback; where one wanted to go is noted."""

    def __init__(self, port: int) -> None:
        self.port, self.opened, self.inner = port, list[str](), httpcore.AnyIOBackend()

    async def connect_tcp(self, host: str, port: int, **others: Any) -> httpcore.AsyncNetworkStream:
        self.opened.append(host)
        return await self.inner.connect_tcp("127.0.0.1", self.port, **others)


class Names:
    """Answers in turn, whatever is asked; the last one again and again."""

    def __init__(self, *answers: Iterable[str]) -> None:
        self.answers, self.asked = [list(each) for each in answers], 0

    async def __call__(self, host: str, port: int) -> list[str]:
        self.asked += 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@asynccontextmanager
async def sending(
    names: Names | None = None,
    nat: Nat | None = None,
    tls: ssl.SSLContext | None = None,
    *,
    loopback: bool = False,
    seconds: float = 5.0,
) -> AsyncIterator[Sender]:
    backend = CheckedBackend(Addresses(loopback), names or ask_names, nat)
    async with httpcore.AsyncConnectionPool(ssl_context=tls, network_backend=backend) as pool:
        yield Sender(pool, lambda: datetime.now(UTC), seconds)


async def test_what_arrives_is_signed_as_standard_webhooks_says() -> None:
    sent = replace(outgoing("", SECRET, EARLIER))
    async with receiving(says(204)) as receiver, sending(loopback=True) as send:
        sent = replace(sent, url=receiver.url)
        assert await send(sent) == Answer(204, None)
        assert await send(replace(sent, secrets=(SECRET,))) == Answer(204, None)
        assert receiver.connections == 1, "a connection is used again"
    both, one = receiver.requests
    for secret in (SECRET, EARLIER):
        told = Webhook(secret).verify(both.body, both.headers)
    assert (
        both.headers["webhook-id"] == one.headers["webhook-id"] == told["id"] == str(sent.delivery.event_id)
    )
    assert both.headers["content-type"].startswith("application/cloudevents+json")
    assert told["type"] == "course.created"
    assert told["data"]["course_id"] == str(sent.delivery.ids["course"])
    with pytest.raises(WebhookVerificationError):
        Webhook(EARLIER).verify(one.body, one.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(one.body + b" ", one.headers)
    assert not {"cookie", "authorization"} & both.headers.keys()


async def test_what_is_sent_is_what_the_feed_tells(
    world: World, web: FastAPI, http: httpx.AsyncClient, token: Any
) -> None:
    await hooked(world)
    group = await world.forming(2)
    await world.do.groups.publish_offer(world.coordinator, group.id)
    sent = [each for each in await deliver(world.service) if each.delivery.subject == group.id]
    headers = {"authorization": f"Bearer {token(world.administrator.subject)}"}
    feed = await http.get(f"/v1/organisations/{world.organisation}/events", headers=headers)
    told = [each for each in feed.json()["events"] if each["subject"] == str(group.id)]
    async with receiving(says(200)) as receiver, sending(loopback=True) as send:
        for each in sent:
            await send(replace(each, url=receiver.url))
    assert [orjson.loads(each.body) for each in receiver.requests] == told
    assert len(told) == 1


@pytest.mark.hazard("P-h6")
@pytest.mark.parametrize("address", HOSTILE)
async def test_a_name_that_leads_inside_is_not_connected_to(address: str) -> None:
    nat = Nat(1)
    for answers in ([address], [PUBLIC, address], [address, PUBLIC]):
        async with sending(Names(answers), nat) as send:
            assert await send(outgoing("https://hooks.example.org/in")) == Answer(None, Fault.ADDRESS)
    assert nat.opened == []


@pytest.mark.hazard("P-h6")
@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "https://169.254.169.254/", "https://[::1]/", "https://[::ffff:127.0.0.1]/",
            "https://localhost/", "https://10.0.0.1/"],
)  # fmt: skip
async def test_an_address_that_has_got_in_somehow_is_not_connected_to_either(url: str) -> None:
    nat = Nat(1)
    async with sending(None, nat) as send:
        assert await send(outgoing(url)) == Answer(None, Fault.ADDRESS)
    assert nat.opened == []


@pytest.mark.hazard("P-h6")
async def test_the_connection_goes_to_the_address_that_was_looked_at(tmp_path: Path) -> None:
    """Rebinding: public when it is looked at, and private for whoever asks again."""
    server, client = certified("hooks.example.org", tmp_path)
    async with receiving(says(204, Connection="close"), server) as receiver:
        names, nat = Names([PUBLIC], ["127.0.0.1"]), Nat(receiver.port)
        async with sending(names, nat, client) as send:
            assert await send(outgoing("https://hooks.example.org/in")) == Answer(204, None)
            assert (names.asked, nat.opened) == (1, [PUBLIC])
            assert await send(outgoing("https://hooks.example.org/in")) == Answer(None, Fault.ADDRESS)
            assert (names.asked, nat.opened) == (2, [PUBLIC])
    assert len(receiver.requests) == 1
    assert receiver.requests[0].headers["host"] == "hooks.example.org"


async def test_the_certificate_has_to_fit_the_name(tmp_path: Path) -> None:
    server, client = certified("somebody.example.org", tmp_path)
    for context in (client, ssl.create_default_context()):
        async with receiving(says(204), server) as receiver:
            async with sending(Names([PUBLIC]), Nat(receiver.port), context) as send:
                assert await send(outgoing("https://hooks.example.org/in")) == Answer(None, Fault.UNREACHABLE)
            assert receiver.requests == []


async def test_the_next_address_is_tried_where_one_is_down(tmp_path: Path) -> None:
    server, client = certified("hooks.example.org", tmp_path)

    class FirstDown(Nat):
        async def connect_tcp(self, host: str, port: int, **others: Any) -> httpcore.AsyncNetworkStream:
            if not self.opened:
                self.opened.append(host)
                raise httpcore.ConnectError
            return await super().connect_tcp(host, port, **others)

    async with receiving(says(204), server) as receiver:
        nat = FirstDown(receiver.port)
        async with sending(Names(["93.184.215.15", PUBLIC]), nat, client) as send:
            assert await send(outgoing("https://hooks.example.org/in")) == Answer(204, None)
    assert nat.opened == ["93.184.215.15", PUBLIC]


@pytest.mark.hazard("P-h6")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(status: int) -> None:
    async with receiving(says(204)) as inside:
        async with receiving(says(status, Location=inside.url)) as receiver, sending(loopback=True) as send:
            assert await send(outgoing(receiver.url)) == Answer(status, Fault.REDIRECT)
        assert len(receiver.requests) == 1
        assert inside.connections == 0


async def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with receiving(says(200)) as proxy, receiving(says(204)) as receiver:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        async with sending(loopback=True) as send:
            assert await send(outgoing(receiver.url)) == Answer(204, None)
        assert (proxy.connections, receiver.connections) == (0, 1)


async def _hangs(_: Request, writer: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


async def _breaks_off(_: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 2")
    await writer.drain()
    writer.close()


async def _talks_rubbish(_: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"\x00\xff\x00\xff\r\n\r\n" * 10)
    await writer.drain()


async def _never_ends_its_headers(_: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 204 Said\r\n")
    while True:
        writer.write(b"X-More: " + b"x" * 10_000 + b"\r\n")
        await writer.drain()


@pytest.mark.parametrize(
    ("answering", "fault"),
    [(_hangs, Fault.TIMEOUT), (_breaks_off, Fault.UNREACHABLE), (_talks_rubbish, Fault.UNREACHABLE),
     (_never_ends_its_headers, Fault.UNREACHABLE)],
)  # fmt: skip
async def test_who_behaves_badly_has_not_got_it(answering: Any, fault: Fault) -> None:
    async with receiving(answering) as receiver, sending(loopback=True, seconds=0.5) as send:
        assert await send(outgoing(receiver.url)) == Answer(None, fault)


async def test_nobody_there_is_an_answer_too() -> None:
    async with receiving(says(204)) as receiver:
        url = receiver.url
    async with sending(loopback=True) as send:
        assert await send(outgoing(url)) == Answer(None, Fault.UNREACHABLE)
    async with sending() as send:
        assert await send(outgoing("https://no-such-name.invalid/in")) == Answer(None, Fault.UNREACHABLE)


async def test_of_a_long_answer_a_little_is_read_and_the_status_counts() -> None:
    written = [0]

    async def talks_on(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 Said\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"400\r\n" + b"x" * 1024 + b"\r\n")
            written[0] += 1024
            await writer.drain()

    async with receiving(talks_on) as receiver, sending(loopback=True) as send:
        assert await send(outgoing(receiver.url)) == Answer(200, None)
    # What the sockets hold between the two is no more than some megabytes; it didn't go on for ever.
    assert BODY_BYTES < written[0] < 50_000_000


async def test_other_answers_fail() -> None:
    for status in (400, 404, 410, 429, 500, 503):
        async with (
            receiving(says(status, b"what they say isn't kept")) as receiver,
            sending(loopback=True) as send,
        ):
            answer = await send(outgoing(receiver.url))
            assert answer.status == status
            assert answer.fault is (Fault.GONE if status == 410 else Fault.STATUS)


def test_the_receiver_of_these_tests_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(set(HOSTILE)) >= 40
    assert Receiver(says(204)).requests == []
