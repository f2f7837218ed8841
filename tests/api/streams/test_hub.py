"""One stream by itself, over a clock that is moved: bounds, coalescing, beats, blindness; and what silence looks like."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.api.rest.news import EventStream
from app.api.shared.streams.hub import Bounds, Streams
from app.api.shared.streams.stream import ASK_EVERY, BEAT_SECONDS, KEPT, LOOKED_AT_EVERY
from app.domain.events.news import Happening, NewsTopic
from app.domain.groups.errors import GroupNotFound
from app.domain.shared.actor import Actor
from app.domain.shared.errors import Busy, TooMany
from app.domain.shared.ids import GroupId, OrganisationId, PersonId, organisation_id
from app.services.events.news_views import Around, NewsReason, NewsView, NewsWord

HERE = organisation_id(7)
GROUP, OTHER = GroupId(UUID(int=1)), GroupId(UUID(int=2))
ME = Actor(issuer="i", subject="s", person=PersonId(uuid4()))
ALL = frozenset(NewsTopic)


@dataclass
class Stage:
    """A hub whose time, wall and wire are ours."""

    now: float = 1000.0
    around: dict[OrganisationId, Around] = field(
        default_factory=lambda: {HERE: Around(inside=frozenset({GROUP}))}
    )
    may: frozenset[GroupId] = frozenset({GROUP})
    asked: list[Happening] = field(default_factory=list)
    hears: bool = True
    failing: type[Exception] | None = None

    async def tell(self, actor: Actor, happening: Happening) -> NewsView | None:
        self.asked.append(happening)
        if self.failing is not None:
            raise self.failing
        if happening.group not in self.may:
            return None
        return NewsView.of(happening, NewsTopic.TASKS)

    async def look(self, actor: Actor, group: GroupId | None = None) -> Mapping[OrganisationId, Around]:
        if self.failing is not None:
            raise self.failing
        if group is not None and group not in self.may:
            raise GroupNotFound
        return dict(self.around)

    async def begin(self, who: Any) -> bool:
        return self.hears

    def end(self, who: Any) -> None:
        """Nobody listens."""

    def streams(self, **bounds: int) -> Streams:
        return Streams(
            tell=self.tell,
            look=self.look,
            hearing=self,
            spread=lambda seconds: seconds,
            bounds=Bounds(**bounds),
            clock=lambda: self.now,
        )


def happened(
    kind: str = "group.meeting.planned", group: GroupId = GROUP, meeting: UUID | None = None
) -> Happening:
    ids = {"group": group} | ({} if meeting is None else {"meeting": meeting})
    return Happening(kind, HERE, group, ids)


@pytest.fixture
def stage() -> Stage:
    return Stage()


async def test_a_slow_reader_is_told_to_ask_and_holds_no_more_than_so_much(stage: Stage) -> None:
    streams = stage.streams()
    async with streams.open(ME, 9999, ALL) as stream:
        said = stream.said()
        assert (await anext(said)).why is NewsReason.OPENED  # type: ignore[union-attr]
        for _ in range(10 * KEPT):
            streams.happened(happened(meeting=uuid4()))
            assert len(stream) <= KEPT
        word = await anext(said)
        assert word is not None
        assert (word.said, word.why) == (NewsWord.ASK, NewsReason.MISSED)
        assert len(stream) == 0
        assert streams.dropped == 10 * KEPT - 1
        streams.happened(happened(meeting=UUID(int=9)))
        word = await anext(said)
        assert word is not None
        assert word.meeting_id == UUID(int=9)


async def test_that_too_much_of_others_happened_is_told_to_nobody(stage: Stage) -> None:
    """An inbox that flows over with what somebody may not know leaves them in silence."""
    stage.around = {HERE: Around(beside=frozenset({OTHER}))}
    streams = stage.streams()
    async with streams.open(ME, 9999, ALL) as stream:
        said = stream.said()
        await anext(said)
        for _ in range(3 * KEPT):
            streams.happened(happened(group=OTHER, meeting=uuid4()))
        stage.now += BEAT_SECONDS
        assert await anext(said) is None
        assert len(stage.asked) == KEPT
        stage.may = frozenset({OTHER})
        streams.happened(happened(group=OTHER))
        word = await anext(said)
        assert word is not None
        assert word.said is NewsWord.NEWS


async def test_the_same_waits_once(stage: Stage) -> None:
    streams, meeting = stage.streams(), uuid4()
    async with streams.open(ME, 9999, ALL) as stream:
        for _ in range(50):
            streams.happened(happened(meeting=meeting))
        assert len(stream) == 1


async def test_what_happens_elsewhere_is_not_even_asked_about(stage: Stage) -> None:
    streams = stage.streams()
    async with streams.open(ME, 9999, ALL) as stream:
        streams.happened(happened(group=OTHER))
        streams.happened(Happening("group.meeting.planned", organisation_id(8), GROUP, {"group": GROUP}))
        assert len(stream) == 0


async def test_silence_beats_evenly(stage: Stage) -> None:
    """What isn't told moves no beat: whoever watches the line learns nothing of it."""
    stage.may = frozenset()
    streams = stage.streams()
    async with streams.open(ME, 9999, ALL) as stream:
        said = stream.said()
        await anext(said)
        for step in range(1, 4):
            streams.happened(happened(meeting=uuid4()))
            stage.now = 1000.0 + step * BEAT_SECONDS
            assert await anext(said) is None
        assert len(stage.asked) == 3


async def test_it_ends_with_the_token_whatever_waits(stage: Stage) -> None:
    streams = stage.streams()
    async with streams.open(ME, 60, ALL) as stream:
        said = stream.said()
        await anext(said)
        streams.happened(happened())
        stage.now += 60
        word = await anext(said)
        assert word == NewsView.end(NewsReason.TOKEN_EXPIRED)
        assert [each async for each in said] == []
    assert (streams.open_streams, streams.lines) == (0, 0)
    streams.happened(happened())


async def test_while_nothing_is_heard_it_says_so_now_and_then(stage: Stage) -> None:
    streams = stage.streams()
    async with streams.open(ME, 9999, ALL) as stream:
        said = stream.said()
        await anext(said)
        streams.blind()
        assert await anext(said) == NewsView.ask(NewsReason.BLIND, 10)
        stage.now += BEAT_SECONDS
        assert await anext(said) is None
        stage.now += ASK_EVERY - BEAT_SECONDS
        assert await anext(said) == NewsView.ask(NewsReason.BLIND, 10)
        streams.seeing()
        assert await anext(said) == NewsView.ask(NewsReason.RESUMED, 10)
        streams.missed()
        assert await anext(said) == NewsView.ask(NewsReason.MISSED)


async def test_who_comes_while_nothing_is_heard_is_told_so(stage: Stage) -> None:
    stage.hears = False
    async with stage.streams().open(ME, 9999, ALL) as stream:
        said = stream.said()
        whys = [(await anext(said)).why for _ in range(2)]  # type: ignore[union-attr]
        assert whys == [NewsReason.OPENED, NewsReason.BLIND]


async def test_the_database_may_be_away_for_a_while(stage: Stage) -> None:
    streams = stage.streams()
    async with streams.open(ME, 9999, ALL) as stream:
        said = stream.said()
        await anext(said)
        stage.failing = Busy
        streams.happened(happened())
        assert await anext(said) == NewsView.ask(NewsReason.MISSED)
        stage.now += LOOKED_AT_EVERY
        assert await anext(said) is None
        stage.failing, stage.around = None, {}
        stage.now += LOOKED_AT_EVERY
        assert await anext(said) == NewsView.end(NewsReason.ENDED)


async def test_a_stream_of_one_group_ends_with_it_and_not_by_what_happens_there(stage: Stage) -> None:
    """Whoever is out by the clock is not told by the end of the stream that something has happened just then."""
    streams = stage.streams()
    stage.around = {HERE: Around(beside=frozenset({GROUP}))}
    async with streams.open(ME, 9999, ALL, GROUP) as stream:
        said = stream.said()
        await anext(said)
        stage.may = frozenset()
        for kind in ("group.meeting.planned", "group.member.left", "group.member.admitted"):
            streams.happened(happened(kind))
        stage.now += BEAT_SECONDS
        assert await anext(said) is None
        stage.now = 1000.0 + LOOKED_AT_EVERY
        assert await anext(said) == NewsView.end(NewsReason.ENDED)


async def test_whoever_reads_nothing_is_cut_off_and_whoever_leaves_has_left(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their line is free again, whatever hangs in a socket; nothing is told of an end that wasn't one."""
    monkeypatch.setattr("app.api.rest.news._PATIENCE_SECONDS", 0.02)
    streams = stage.streams()
    sent: list[Any] = []
    never, heard = asyncio.Event(), asyncio.Event()

    async def stuck(message: Any) -> None:
        sent.append(message)
        if message["type"] == "http.response.body":
            await never.wait()

    async def well(message: Any) -> None:
        sent.append(message)
        if len(sent) == 2:
            heard.set()

    async def stays() -> Any:
        await never.wait()

    async def leaves() -> Any:
        await heard.wait()
        return {"type": "http.disconnect"}

    for send, receive in ((stuck, stays), (well, leaves)):
        sent.clear()
        stack = AsyncExitStack()
        await stack.enter_async_context(streams.line(ME))
        stream = await stack.enter_async_context(streams.open(ME, 9999, ALL))
        assert (streams.lines, streams.open_streams) == (1, 1)
        await EventStream(stack, stream.said())({"type": "http", "state": {}}, receive, send)
        assert (streams.lines, streams.open_streams) == (0, 0)
        assert [each.get("more_body") for each in sent] == [None, True]


async def test_so_many_and_no_more(stage: Stage) -> None:
    streams = stage.streams(each=2, all=3)
    async with streams.line(ME), streams.line(ME):
        with pytest.raises(TooMany):
            await streams.line(ME).__aenter__()
        async with streams.line(Actor(issuer="i", subject="other")):
            with pytest.raises(Busy):
                await streams.line(Actor(issuer="i", subject="third")).__aenter__()
    assert (streams.lines, streams.refused) == (0, 2)
    async with streams.line(ME):
        assert streams.lines == 1


async def test_draining_ends_all_and_lets_nobody_in(stage: Stage) -> None:
    streams, closed = stage.streams(), []

    async def close(in_seconds: int) -> None:
        closed.append(in_seconds)

    async with streams.line(ME, close), streams.open(ME, 9999, ALL) as stream:
        said = stream.said()
        await streams.drain()
        assert await anext(said) == NewsView.end(NewsReason.RESTARTING, 11)
        assert closed == [11]
        with pytest.raises(Busy):
            await streams.line(ME).__aenter__()
