"""Nothing that people enter gets into what the service says about itself (P13, R2).

The proof is the whole suite: every world's people are marked, and a canary that is heard anywhere makes the run red at its
end. Here are the controls: each channel is really listened to, and a canary in it is found.
"""

import base64
import logging
from collections import Counter as Counts
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
import structlog
from graphql import GraphQLError
from prometheus_client import CollectorRegistry, Counter, generate_latest

from app.adapters.identity.dev_issuer import DevIssuer
from app.api.graphql.masking import ErrorMask
from app.api.shared import problems
from app.api.shared.access import Metrics
from app.domain.shared.actor import Actor
from app.domain.shared.errors import DomainError, Kind
from tests.secrecy.laid_open import laid_open
from tests.support.canaries import MARK, NATIONAL_ID, Channel, Tap, confided, found_in, listening, marked
from tests.support.fake_issuer import FakeIssuer
from tests.support.world import World

PLANTED = marked("Somebody")
Asking = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
def asking(http: httpx.AsyncClient, token: Callable[..., str]) -> Asking:
    """`asking(actor, method, url, body)`: one request with a key, as that person."""

    async def made(actor: Actor, method: str, url: str, body: object = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token(actor.subject)}", "Idempotency-Key": str(uuid4())}
        return await http.request(method, url, json=body, headers=headers)

    return made


def private(tap: Tap) -> list[str]:
    """What a tap of a test's own has found, without the rest of the line."""
    return sorted({hit.split(" in ")[0] for hit in tap.hits})


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f'{{"event":"registered","name":"{PLANTED}"}}', ["marked"]),
        (MARK.upper(), ["marked"]),
        *(
            (base64.urlsafe_b64encode(b"x" * n + MARK.encode() + b"yz").decode(), ["marked"])
            for n in range(6)
        ),
        (MARK.encode().hex(), ["marked"]),
        (f"somebody {NATIONAL_ID} said", ["national id"]),
        ("131276 45839", ["national id"]),
        ("53097645839", ["national id"]),
        ('{"choice":"against"}', ["vote"]),
        ("ABSTAIN", ["vote"]),
        (confided("x"), ["marked", "national id"]),
        ('{"event":"request","duration_ms":12.25,"status":404}', []),
        ("verksted_http_request_seconds_created 1.7644356001234567e+09", []),
        ("request 6f1c1c52-8d0f-4f0e-9a34-130976458390", []),
        ("2026-11-29T17:02:44.130976Z at 20261129170244", []),
    ],
)
def test_what_counts_as_a_canary(text: str, kinds: list[str]) -> None:
    assert found_in(Channel.LOG, text) == kinds


def test_every_token_is_one(issuer: DevIssuer) -> None:
    now = datetime.now(UTC)
    for token in (
        issuer.mint("somebody", now=now, client_id="tests"),
        FakeIssuer("helseid", "https://helseid.example").token(now),
    ):
        assert found_in(Channel.LOG, f"token={token}") == ["token"]
        assert found_in(Channel.REFUSAL, f"Authorization: Bearer {token}") == ["token"]


def test_a_log_line_is_heard_whichever_way_it_is_written(tmp_path: Path) -> None:
    with listening() as own:
        structlog.get_logger("verksted.access").info("request", name=PLANTED)
        structlog.get_logger("verksted.access").bind(token="Bearer eyJ").error("surprise")
        with structlog.testing.capture_logs():
            structlog.get_logger("verksted.problems").info("vote", choice="against")
        logging.getLogger("verksted.postgres").info("confided: %s", NATIONAL_ID)
        logging.getLogger("httpx").info("GET /%s", MARK)  # quiet here as in production
        logging.getLogger("verksted.postgres").debug(MARK)
    assert private(own) == ["log: marked", "log: national id", "log: token", "log: vote"]
    assert own.heard[Channel.LOG] == 4
    with pytest.raises(AssertionError, match="4 canaries"):
        own.require_silence()
    (file := tmp_path / "said").write_text(f"one\ntwo {MARK}\n")
    (other := Tap()).read_log(file)
    assert private(other) == ["log: marked"]


def test_the_words_of_an_exception_are_not_written() -> None:
    """As in production: the type alone. A canary within is no hit, for nobody would read it."""
    with listening() as own:
        try:
            raise RuntimeError(PLANTED)
        except RuntimeError:
            logging.getLogger("verksted.postgres").exception("it broke")
            structlog.get_logger("verksted.problems").error("it broke", exc_info=True)
    assert own.heard[Channel.LOG] == 2
    assert own.hits == []


def test_refusals_are_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    class Talkative(DomainError):
        """One that repeats what was said."""

        kind, code = Kind.CONFLICT, "shared.busy"

    class Text:
        title, detail, next = "No", f"{PLANTED} can't", "."

    class Talking:
        def refusal(self, *_: object) -> Text:
            return Text()

    mask = ErrorMask(describe=lambda error, _: {"message": PLANTED}, request_id=lambda _: "1")
    with listening() as own:
        mask.formatted(GraphQLError("x", original_error=Talkative()), None)
        assert private(own) == ["refusal: marked"]
        own.hits.clear()
        monkeypatch.setattr(problems.Texts, "load", Talking)
        problems.describe(Talkative(), "en", "1")
    assert private(own) == ["refusal: marked"]


def test_metrics_are_heard() -> None:
    with listening() as own:
        Metrics(registry := CollectorRegistry())
        Counter("people", "Who came", ("name",), registry=registry).labels(PLANTED).inc()
    own.read_metrics()
    assert private(own) == ["metrics: marked"]


@pytest.mark.parametrize(
    ("channel", "statement"),
    [
        (Channel.OUTBOX, "update outbox set ids = jsonb_build_object('name', $1::text) where id = $2"),
        (Channel.IDEMPOTENCY, "update idempotency set answer = convert_to($1, 'UTF8') where person_id = $2"),
        (Channel.DELIVERY, "insert into webhook_delivery_of_a_test values ($1, $2)"),
    ],
)
async def test_tables_are_heard(
    world: World, asking: Asking, database_url: str, channel: Channel, statement: str
) -> None:
    """Rows as the service writes them, and then one with a name in it."""
    _, code = await world.open_group()
    words = {"application_code": code, "alias": "Alias", "introduction": confided("I"), "known_as": PLANTED}
    url = f"/v1/organisations/{world.organisation}/applications"
    assert (await asking(await world.ready(), "POST", url, words)).status_code == 201
    async with laid_open(database_url) as owner:
        await owner.execute("create table webhook_delivery_of_a_test (body text, id uuid)")
        (before, after) = Tap(), Tap()
        await before.read_tables(owner)
        id_of = {
            Channel.OUTBOX: "select id from outbox",
            Channel.IDEMPOTENCY: "select person_id from idempotency",
        }
        somewhere = await owner.fetchval(f"{id_of[channel]} limit 1") if channel in id_of else uuid4()
        await owner.execute(statement, PLANTED, somewhere)
        await after.read_tables(owner)
    assert before.hits == []
    assert before.heard[Channel.OUTBOX] > 0
    assert before.heard[Channel.IDEMPOTENCY] > 0
    assert set(private(after)) == {f"{channel}: marked"}


@pytest.mark.hazard("P-h7")
async def test_the_suite_is_listened_to(world: World, asking: Asking, tap: Tap) -> None:
    """The real service, and the tap of the whole run: there is something to be heard, and it hears it."""
    group, code = await world.open_group()
    newcomer, _ = await world.applied(code)
    before = Counts(tap.heard)
    url = f"/v1/groups/{group.id}/applications"
    shown = (await asking(group.members[0], "GET", url)).json()["items"][0]
    assert (shown["introduction"].count(MARK), shown["known_as"].count(MARK)) == (1, 1)
    assert MARK in (await asking(newcomer, "GET", "/v1/me")).json()["chosen_name"]
    assert (await asking(newcomer, "GET", url)).status_code == 404
    assert (tap.heard - before)[Channel.LOG] == 3
    assert '"route":"/v1/groups/{group_id}/applications"' in tap.last[Channel.LOG]
    assert (tap.heard - before)[Channel.REFUSAL] == 2, "the document, and as it was sent"
    query = {"query": f'{{ listApplications(groupId: "{group.id}") {{ ... on Problem {{ code }} }} }}'}
    assert "not_found" in (await asking(newcomer, "POST", "/graphql", query)).text
    assert (tap.heard - before)[Channel.REFUSAL] == 3
    counted = [generate_latest(registry).decode() for registry in tap.registries]
    assert any('route="/v1/groups/{group_id}/applications"' in each for each in counted)
    assert tap.hits == []
