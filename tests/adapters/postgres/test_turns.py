"""Whose turn it is: of many who ask, one; and free again when its holder is gone."""

import asyncio
from datetime import timedelta
from uuid import uuid4

from app.bootstrap import Running

LONG, NOTHING = timedelta(hours=1), timedelta()


async def test_of_many_who_ask_at_once_one_has_the_turn(service: Running) -> None:
    duty = f"tried-{uuid4()}"
    answers = await asyncio.gather(*(service.turns.take(duty, LONG) for _ in range(8)))
    assert sorted(answers) == [False] * 7 + [True]


async def test_it_is_due_again_after_its_rest(service: Running) -> None:
    duty = f"tried-{uuid4()}"
    assert await service.turns.take(duty, LONG)
    await service.turns.done(duty, LONG)
    assert not await service.turns.take(duty, LONG)
    await service.turns.done(duty, NOTHING)
    assert await service.turns.take(duty, LONG)


async def test_a_turn_whose_holder_was_killed_is_free_after_the_hold(service: Running) -> None:
    duty = f"tried-{uuid4()}"
    assert await service.turns.take(duty, NOTHING)  # and nobody ever says that it is done
    assert await service.turns.take(duty, LONG)
    assert not await service.turns.take(duty, LONG)
