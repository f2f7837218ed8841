"""While somebody is erased, others go on tying things to them: afterwards nothing of it is left."""

import asyncio

from app.domain.keeping.erasure import word_to_repeat
from app.domain.shared.errors import DomainError
from tests.erasure.scanning import traces
from tests.support.intake_world import wishes
from tests.support.world import World


async def test_what_comes_meanwhile_goes_too_or_does_not_come(world: World, database_url: str) -> None:
    done = []
    for _ in range(6):
        me = await world.ready("somebody")
        groups = [await world.forming(1) for _ in range(2)]
        do, person = world.do, me.person_id
        heard = await asyncio.gather(
            do.groups.invite_to_place(world.coordinator, groups[0].id, person),
            do.intake.register_interest(me, world.organisation, wishes(), True),
            do.keeping.erase_me(me, word_to_repeat(person)),
            do.groups.invite_to_place(world.coordinator, groups[1].id, person),
            do.organisations.register(me, world.organisation, "Again"),
            do.intake.ask_for_conversation(me, world.organisation, "In my own words.", []),
            return_exceptions=True,
        )
        unforeseen = [
            each for each in heard if isinstance(each, BaseException) and not isinstance(each, DomainError)
        ]
        assert unforeseen == []
        if isinstance(heard[2], DomainError):  # busy: asked again, as the answer says
            await do.keeping.erase_me(me, word_to_repeat(person))
        done.append(person)
    assert await traces(database_url, done) == {}
