"""What people enter in tests carries a mark, and every channel that tells of the service's work is listened to (P13, R2).

`World` marks names, typed names and confided words; national ids, tokens and votes are known by their shape. A `Tap`
hears log lines as they would be written, refusals, what the metrics say, and afterwards the tables that wait for somebody
(the outbox, the memory of idempotency keys, deliveries). Whatever of a canary it hears makes the run red at its end.
"""

import base64
import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

import asyncpg
import structlog
from prometheus_client import CollectorRegistry, generate_latest
from structlog._base import BoundLoggerBase

from app.api.graphql.masking import ErrorMask
from app.api.shared import problems
from app.api.shared.access import Metrics
from app.api.shared.exchange import Exchange
from app.logging_setup import line_formatter, line_steps, set_levels
from tests.secrecy.laid_open import contents_of_the_server, laid_open

MARK = "Kvitrefink"
NATIONAL_ID = "13097645839"


def confided(words: str) -> str:
    """Confided words with the mark, and with a number that nobody should have entrusted to us."""
    return f"{words} {MARK} {NATIONAL_ID}"


IN_MY_OWN_WORDS = confided("In my own words.")
"""What people write about themselves, where a test doesn't say otherwise."""


class Channel(StrEnum):
    """Where the service tells of its work. Traces are none: no provider is asked for one (`app.main`)."""

    LOG = "log"
    METRICS = "metrics"
    REFUSAL = "refusal"
    OUTBOX = "outbox"
    IDEMPOTENCY = "idempotency"
    DELIVERY = "delivery"


def marked(words: str) -> str:
    """A name with the mark, as `World` gives it to people."""
    return f"{words} {MARK}"


def _spellings(word: str) -> Iterator[str]:
    """The word itself, in hexadecimal, and in base64 wherever it begins in a group of three."""
    yield word
    yield word.encode().hex()
    for before, unsure in enumerate((0, 2, 3)):
        whole = base64.urlsafe_b64encode(b"x" * before + word.encode()).decode()
        yield whole[unsure : (before + len(word)) * 8 // 6]


_WORDS = tuple(each.lower() for each in _spellings(MARK))
_NATIONAL_ID = re.compile(
    r"(?<![\w.-])(?:[0-6]\d|7[01])(?:0[1-9]|1[0-2]|[48]\d|5[0-2])\d{2}[ -]?\d{5}(?![\w.-])"
)
_ELEVEN = re.compile(r"\d{6}[ -]?\d{5}")
_TOKEN = re.compile(r"eyj[\w-]{8,}\.eyj[\w-]{8,}\.")
_VOTE = re.compile(r"\b(?:against|abstain)\b")


def found_in(channel: Channel, text: str) -> list[str]:
    """Which kinds of canary a text holds; everything that is said passes here, so what is cheap is looked at first.

    Refusals explain rules in words such as "against"; elsewhere that is a vote.
    """
    low = text.lower()
    return [
        kind
        for kind, is_there in (
            ("marked", any(word in low for word in _WORDS)),
            ("national id", _ELEVEN.search(low) and _NATIONAL_ID.search(low)),
            ("token", "bearer ey" in low or "dpop ey" in low or ("eyj" in low and _TOKEN.search(low))),
            (
                "vote",
                channel is not Channel.REFUSAL
                and ("against" in low or "abstain" in low)
                and _VOTE.search(low),
            ),
        )
        if is_there
    ]


@dataclass
class Tap:
    """What was heard: how much by channel, and the canaries in it."""

    heard: "Counter[Channel]" = field(default_factory=Counter)
    hits: list[str] = field(default_factory=list)
    last: dict[Channel, str] = field(default_factory=dict)
    registries: list[CollectorRegistry] = field(default_factory=list)

    def note(self, channel: Channel, text: str) -> None:
        """Hear something; remember it if there is a canary in it."""
        self.heard[channel] += 1
        self.last[channel] = text
        self.hits += [f"{channel}: {kind} in {text[:400]}" for kind in found_in(channel, text)]

    def read_metrics(self) -> None:
        """Hear what every application that was made in this process has counted."""
        for registry in self.registries:
            self.note(Channel.METRICS, generate_latest(registry).decode())

    def read_log(self, file: Path) -> None:
        """Hear what another process has written."""
        for line in file.read_text(errors="replace").splitlines():
            self.note(Channel.LOG, line)

    async def read_tables(self, owner: asyncpg.Connection) -> None:
        """Hear the tables of what waits for somebody, every column of every row, bytes included (see `laid_open`)."""
        for (table,) in await owner.fetch(_TABLES):
            channel = Channel(table) if table in tuple(Channel) else Channel.DELIVERY
            for row in await owner.fetch(f'select * from "{table}"'):
                self.note(channel, " ".join(map(_readable, row.values())))

    def require_silence(self) -> None:
        """Fail, if there was a canary anywhere."""
        assert self.hits == [], f"{len(self.hits)} canaries came out:\n" + "\n".join(self.hits[:20])


_TABLES = """
    select relname::text from pg_class
     where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace
       and (relname in ('outbox', 'idempotency') or relname ~ 'webhook|deliver')
     order by relname
"""


def _readable(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


_TAPS: list[Tap] = []
"""The last one hears: a test that plants a canary on purpose listens with a tap of its own."""


def _note(channel: Channel, text: str) -> None:
    _TAPS[-1].note(channel, text)


class _Lines(logging.Handler):
    """Hears the standard library's records, as the line that the service would write."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(line_formatter())

    def emit(self, record: logging.LogRecord) -> None:
        _note(Channel.LOG, self.format(record))


def line_of(name: str, event: Any, values: Mapping[str, Any]) -> str:
    """The line that an event of structlog's becomes, whatever a test has set up in its place."""
    line: Any = {**values, "event": event}
    for step in line_steps():
        line = step(None, name, line)
    return str(line)


@contextmanager
def listening() -> Iterator[Tap]:
    """Hear everything that is said within the block, in this process."""
    _TAPS.append(tap := Tap())
    try:
        with nullcontext() if len(_TAPS) > 1 else _ears():
            yield tap
    finally:
        _TAPS.pop()


@contextmanager
def _ears() -> Iterator[None]:
    pass_on, send, document = BoundLoggerBase._proxy_to_logger, Exchange.send, problems._document
    count, mask = Metrics.__init__, ErrorMask.formatted

    def said(logger: Any, name: str, event: Any = None, /, **values: Any) -> Any:
        _note(Channel.LOG, line_of(name, event, {**structlog.get_context(logger), **values}))
        return pass_on(logger, name, event, **values)

    async def sent(exchange: Exchange, message: Any) -> None:
        if message["type"] == "http.response.body" and exchange.status >= 400:
            _note(Channel.REFUSAL, _readable(message.get("body", b"")))
        await send(exchange, message)

    def described(*given: Any) -> Any:
        made = document(*given)
        _note(Channel.REFUSAL, str(made))
        return made

    def masked(self: ErrorMask, *given: Any) -> Any:
        made = mask(self, *given)
        _note(Channel.REFUSAL, str(made))
        return made

    def counted(self: Metrics, registry: CollectorRegistry) -> None:
        _TAPS[-1].registries.append(registry)
        count(self, registry)

    root, lines = logging.getLogger(), _Lines()
    level = root.level
    root.addHandler(lines)
    set_levels(logging.INFO)
    try:
        with (
            patch.object(BoundLoggerBase, "_proxy_to_logger", said),
            patch.object(Exchange, "send", sent),
            patch.object(problems, "_document", described),
            patch.object(ErrorMask, "formatted", masked),
            patch.object(Metrics, "__init__", counted),
        ):
            yield
    finally:
        root.removeHandler(lines)
        root.setLevel(level)


async def read_database(tap: Tap, owner_url: str) -> None:
    """Hear a database with its walls down, and the log of its server (where it is the embedded one)."""
    async with laid_open(owner_url) as owner:
        await tap.read_tables(owner)
    for log in islice(contents_of_the_server(owner_url), 1):
        for line in log.decode(errors="replace").splitlines():
            tap.note(Channel.LOG, line)
