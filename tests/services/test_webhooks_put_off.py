"""What a receiver has put off, kept between attempts."""

from datetime import timedelta

from app.domain.events.delivery import RESTS, Answer, DeliveryState
from app.services.events.sending import Outgoing
from app.services.ports.paging import FIRST_PAGE
from tests.support.webhooks_world import deliver, hooked
from tests.support.world import World


async def test_it_is_sent_when_the_receiver_has_said_and_not_before(world: World) -> None:
    hook = (await hooked(world)).webhook
    await world.do.events.try_webhook(world.administrator, hook.id)

    async def busy(outgoing: Outgoing) -> Answer:
        return Answer.of_status(429, timedelta(hours=20))

    async def tried() -> int:
        sent = await deliver(world.service, busy)
        return len([each for each in sent if each.delivery.webhook_id == hook.id])

    counts = []
    for hours in (0, 7.9, 0.2, 7.8, 0.2, 7.4, 0.3, 50):
        world.forward(hours=hours)
        counts.append(await tried())
    assert counts == [1, 0, 1, 0, 1, 0, 1, 0], (
        "at most eight hours, and at the end of its day for the last time"
    )
    (seen,) = (await world.do.events.list_deliveries(world.administrator, hook.id, FIRST_PAGE)).items
    assert (seen.state, seen.attempts, seen.status) == (DeliveryState.GIVEN_UP, 4, 429)
    await world.do.events.redeliver_event(world.administrator, hook.id, seen.event_id)
    assert await tried() == 1
    (seen,) = (await world.do.events.list_deliveries(world.administrator, hook.id, FIRST_PAGE)).items
    assert seen.state is DeliveryState.WAITING, "whoever has it sent once more begins anew"
    assert seen.next_at is not None
    assert seen.last_at is not None
    assert seen.next_at - seen.last_at >= max(RESTS)
