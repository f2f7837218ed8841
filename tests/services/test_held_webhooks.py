"""A system's webhook stands as its account does, and whatever would only wait is refused."""

from collections.abc import Awaitable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from app.domain.events.delivery import Answer, DeliveryState
from app.domain.events.errors import WebhookEnded, WebhookResting
from app.domain.events.webhook import HeldBecause
from app.domain.systems.account import SystemScope
from app.services.events.sending import Outgoing
from app.services.events.webhook_views import WebhookState
from app.services.ports.paging import FIRST_PAGE
from tests.support.courses_world import course_of
from tests.support.systems_world import let_in, machine
from tests.support.webhooks_world import ARRIVED, PURPOSE, deliver, desk, hooked
from tests.support.world import World


async def _stands(world: World, hook: Any) -> WebhookState:
    read = await world.do.events.read_webhook(world.administrator, hook.id)
    listed = await world.do.events.list_webhooks(world.administrator, world.organisation)
    assert read in listed
    return read.state


async def test_a_webhook_ends_with_its_account_and_says_so(world: World) -> None:
    system = machine(f"system-{uuid4()}")
    account = await let_in(world, system)
    hook, theirs = (await hooked(world, system)).webhook, (await hooked(world)).webhook
    assert await _stands(world, hook) is WebhookState.ACTIVE
    await deliver(world.service)
    before = await world.do.events.try_webhook(world.administrator, hook.id)
    assert before.held_because is None
    await world.do.systems.revoke_system(world.administrator, account.id)
    assert await _stands(world, hook) is WebhookState.ENDED
    assert await _stands(world, theirs) is WebhookState.ACTIVE
    log = await world.do.events.list_deliveries(world.administrator, hook.id, FIRST_PAGE)
    assert [(each.event_id, each.held_because, each.next_at) for each in log.items] == [
        (before.event_id, HeldBecause.ENDED, None)
    ]
    do, who = world.do.events, world.administrator
    refused: list[Awaitable[Any]] = [
        do.try_webhook(who, hook.id),
        do.redeliver_event(who, hook.id, before.event_id),
        do.resume_webhook(who, hook.id),
        do.rotate_webhook_secret(who, hook.id),
        do.change_webhook(who, hook.id, hook.version, "https://hooks.example.org/else", PURPOSE),
    ]
    for each in refused:
        with pytest.raises(WebhookEnded):
            await each
    await do.remove_webhook(who, hook.id)


async def test_an_account_that_is_over_can_be_renewed_and_the_webhook_goes_on(world: World) -> None:
    system = machine(f"system-{uuid4()}")
    account = await let_in(world, system, expires_at=world.now + timedelta(days=10))
    hook = (await hooked(world, system)).webhook
    world.forward(days=11)
    assert await _stands(world, hook) is WebhookState.ENDED
    with pytest.raises(WebhookEnded):
        await world.do.events.try_webhook(world.administrator, hook.id)
    await world.do.systems.change_system(
        world.administrator, account.id, account.version, "System", "Reads events.",
        list(SystemScope), world.now + timedelta(days=30),
    )  # fmt: skip
    assert await _stands(world, hook) is WebhookState.ACTIVE
    test = await world.do.events.try_webhook(world.administrator, hook.id)
    assert test.event_id in {each.delivery.event_id for each in await deliver(world.service)}


async def test_a_webhook_rests_while_its_account_may_not_follow_events(world: World) -> None:
    system = machine(f"system-{uuid4()}")
    account = await let_in(world, system)
    hook = (await hooked(world, system)).webhook
    await course_of(world)
    arrived = (await deliver(world.service))[-1].delivery
    await world.do.systems.change_system(
        world.administrator, account.id, account.version, "System", "Keeps webhooks.",
        [SystemScope.WEBHOOKS_WRITE], account.expires_at,
    )  # fmt: skip
    assert await _stands(world, hook) is WebhookState.RESTING
    for refused in (
        world.do.events.try_webhook(world.administrator, hook.id),
        world.do.events.redeliver_event(world.administrator, hook.id, arrived.event_id),
    ):
        with pytest.raises(WebhookResting):
            await refused
    log = await world.do.events.list_deliveries(world.administrator, hook.id, FIRST_PAGE)
    assert [each.held_because for each in log.items] == [None], "what has ended is held by nothing"


async def _tried(world: World, hook: Any) -> list[tuple[DeliveryState, int]]:
    log = await world.do.events.list_deliveries(world.administrator, hook.id, FIRST_PAGE)
    return [(each.state, each.attempts) for each in log.items]


async def test_the_log_counts_every_attempt_whatever_was_done_in_between(world: World) -> None:
    hook = (await hooked(world)).webhook
    test = await world.do.events.try_webhook(world.administrator, hook.id)

    async def fails(outgoing: Outgoing) -> Answer:
        return Answer.of_status(500)

    await deliver(world.service, fails)
    world.forward(seconds=10)
    await deliver(world.service, fails)
    assert await _tried(world, hook) == [(DeliveryState.WAITING, 2)]
    await world.do.events.resume_webhook(world.administrator, hook.id)
    assert await _tried(world, hook) == [(DeliveryState.WAITING, 2)]
    await deliver(world.service)
    assert await _tried(world, hook) == [(DeliveryState.DELIVERED, 3)]
    await world.do.events.redeliver_event(world.administrator, hook.id, test.event_id)
    await deliver(world.service)
    assert await _tried(world, hook) == [(DeliveryState.DELIVERED, 4)]


async def test_who_is_too_late_for_a_resumption_says_nothing_about_the_attempt_after_it(world: World) -> None:
    hook = (await hooked(world)).webhook
    await world.do.events.try_webhook(world.administrator, hook.id)
    there = desk(world.service)
    taken = next(each for each in await there.take(100) if each.webhook_id == hook.id)
    (first,) = await there.begin(taken, 5)
    await world.do.events.resume_webhook(world.administrator, hook.id)
    (second,) = await there.begin(taken, 5)
    assert first.delivery.attempts == second.delivery.attempts
    await there.end(first, Answer.of_status(410))
    assert await _stands(world, hook) is WebhookState.ACTIVE
    await there.end(second, ARRIVED)
    assert await _tried(world, hook) == [(DeliveryState.DELIVERED, 2)]
    await there.put_back(taken)
