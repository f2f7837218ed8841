"""Webhooks as they are lived with: who registers them, what is sent, in which order, until when."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from app.domain.courses.course import Milestone
from app.domain.events.delivery import RESTS, Answer, DeliveryState, Fault
from app.domain.events.errors import (
    DeliveryNotFound,
    DeliveryUnderWay,
    EventTypeNotTold,
    TooManySecrets,
    TooManyWebhooks,
    WebhookDisabled,
    WebhookKnown,
    WebhookNotFound,
)
from app.domain.events.webhook import MOST, MOST_SECRETS, DisabledBecause
from app.domain.organisations.organisation import NotStaff
from app.domain.shared.errors import Stale
from app.domain.systems.account import SystemScope
from app.domain.systems.errors import ScopeNeeded, SystemNotAdmitted, SystemNotFound
from app.services.events.sending import Outgoing
from app.services.events.webhook_views import WebhookState
from app.services.ports.paging import FIRST_PAGE
from tests.services.conftest import Look
from tests.support.courses_world import course_of
from tests.support.systems_world import let_in, machine
from tests.support.webhooks_world import ARRIVED, PURPOSE, deliver, desk, hooked
from tests.support.world import World

FAILED = Answer(503, Fault.STATUS)


def of(sent: list[Outgoing], webhook: object) -> list[str]:
    """The types that were sent to a webhook, in order."""
    return [each.delivery.type for each in sent if each.delivery.webhook_id == webhook]


def in_order(sent: list[Outgoing], webhook: object) -> bool:
    """Whether events of each subject came as they had happened."""
    by_subject: dict[object, list[int]] = {}
    for each in sent:
        if each.delivery.webhook_id == webhook:
            by_subject.setdefault(each.delivery.subject, []).append(each.delivery.number)
    return all(numbers == sorted(numbers) for numbers in by_subject.values())


async def last(world: World, webhook: object) -> Outgoing:
    """Deliver, and the last that was sent to this webhook."""
    return [each for each in await deliver(world.service) if each.delivery.webhook_id == webhook][-1]


async def offered(world: World) -> object:
    """A forming group, put among the offers and taken down again: two events of one subject."""
    group = await world.forming(2)
    await world.do.groups.publish_offer(world.coordinator, group.id)
    await world.do.groups.unpublish_offer(world.coordinator, group.id)
    return group.id


async def test_what_happens_is_sent_once_to_whoever_may_know(world: World) -> None:
    system = machine(f"system-{uuid4()}")
    account = await let_in(world, system)
    mine = (await hooked(world, system_id=account.id)).webhook
    theirs = (await hooked(world)).webhook
    group = await offered(world)
    course = await course_of(world)
    sent = await deliver(world.service)
    assert sorted(of(sent, mine.id)) == ["course.created", "group.offer.published", "group.offer.taken_down"]
    assert in_order(sent, mine.id)
    assert of(sent, theirs.id) == ["group.offer.published", "group.offer.taken_down"]
    assert {each.delivery.subject for each in sent if each.delivery.webhook_id == theirs.id} == {group}
    assert course.id in {each.delivery.subject for each in sent if each.delivery.webhook_id == mine.id}
    assert not [
        each for each in await deliver(world.service) if each.delivery.organisation_id == world.organisation
    ]
    log = await world.do.events.list_deliveries(world.administrator, theirs.id, FIRST_PAGE)
    assert [(each.type, each.state, each.attempts, each.status) for each in log.items] == [
        ("group.offer.taken_down", DeliveryState.DELIVERED, 1, 204),
        ("group.offer.published", DeliveryState.DELIVERED, 1, 204),
    ]


async def test_what_was_before_isnt_sent_and_only_the_types_that_are_wanted_are(world: World) -> None:
    await offered(world)
    hook = (await hooked(world, types=["group.offer.taken_down"])).webhook
    assert of(await deliver(world.service), hook.id) == []
    await offered(world)
    assert of(await deliver(world.service), hook.id) == ["group.offer.taken_down"]


@pytest.mark.hazard("P-h6", "P-h14")
async def test_of_a_group_from_inside_nothing_is_sent(world: World) -> None:
    hook = (await hooked(world)).webhook
    group, code = await world.open_group(4, seats=8)
    await world.admitted(group, code)
    assert of(await deliver(world.service), hook.id) == []


async def test_of_one_subject_the_next_waits_until_the_one_before_has_ended(world: World) -> None:
    hook = (await hooked(world)).webhook
    first, second = await offered(world), await offered(world)

    async def fails(outgoing: Outgoing) -> Answer:
        return FAILED if outgoing.delivery.subject == first else ARRIVED

    sent = [each for each in await deliver(world.service, fails) if each.delivery.webhook_id == hook.id]
    assert [each.delivery.type for each in sent if each.delivery.subject == first] == [
        "group.offer.published"
    ]
    assert len([each for each in sent if each.delivery.subject == second]) == 2, "others don't wait for it"
    waiting = await world.do.events.list_deliveries(
        world.administrator, hook.id, FIRST_PAGE, DeliveryState.WAITING
    )
    assert [(each.type, each.attempts, each.next_at is None) for each in waiting.items] == [
        ("group.offer.taken_down", 0, True),
        ("group.offer.published", 1, False),
    ]
    # Which of them is noted last is chance, so one more arrives after the one that failed, which still waits.
    third = await offered(world)
    await deliver(world.service, fails)
    assert (await world.do.events.read_webhook(world.administrator, hook.id)).state is WebhookState.ACTIVE
    log = await world.do.events.list_deliveries(
        world.administrator, hook.id, FIRST_PAGE, DeliveryState.WAITING
    )
    assert third not in {each.subject for each in log.items}
    assert len(log.items) == 2
    world.forward(seconds=10)
    again = [each for each in await deliver(world.service) if each.delivery.webhook_id == hook.id]
    assert [(each.delivery.type, each.delivery.attempts) for each in again] == [
        ("group.offer.published", 2),
        ("group.offer.taken_down", 1),
    ]
    assert again[0].delivery.event_id in {each.delivery.event_id for each in sent}, (
        "the same id at each attempt"
    )
    assert (await world.do.events.read_webhook(world.administrator, hook.id)).state is WebhookState.ACTIVE


async def test_after_a_day_it_is_given_up_and_the_next_may_go(world: World) -> None:
    hook = (await hooked(world)).webhook
    await offered(world)

    async def fails(outgoing: Outgoing) -> Answer:
        return FAILED if outgoing.delivery.type == "group.offer.published" else ARRIVED

    attempts = of(await deliver(world.service, fails), hook.id)
    for rest in RESTS:
        world.forward(seconds=rest.total_seconds() * 1.25)
        attempts += of(await deliver(world.service, fails), hook.id)
    assert attempts == ["group.offer.published"] * (len(RESTS) + 1) + ["group.offer.taken_down"]
    log = await world.do.events.list_deliveries(world.administrator, hook.id, FIRST_PAGE)
    assert [each.state for each in log.items] == [DeliveryState.DELIVERED, DeliveryState.GIVEN_UP]
    once_more = await world.do.events.redeliver_event(world.administrator, hook.id, log.items[1].event_id)
    assert (once_more.state, once_more.attempts) == (DeliveryState.WAITING, len(RESTS) + 1)
    with pytest.raises(DeliveryUnderWay):
        await world.do.events.redeliver_event(world.administrator, hook.id, once_more.event_id)
    assert of(await deliver(world.service), hook.id) == ["group.offer.published"]
    with pytest.raises(DeliveryNotFound):
        await world.do.events.redeliver_event(world.administrator, hook.id, uuid4())


async def test_410_disables_until_somebody_resumes_and_nothing_is_lost(world: World) -> None:
    hook = (await hooked(world)).webhook
    await offered(world)

    async def gone(outgoing: Outgoing) -> Answer:
        return Answer.of_status(410)

    assert of(await deliver(world.service, gone), hook.id) == ["group.offer.published"]
    seen = await world.do.events.read_webhook(world.administrator, hook.id)
    assert (seen.state, seen.disabled_because) == (WebhookState.DISABLED, DisabledBecause.GONE)
    with pytest.raises(WebhookDisabled):
        await world.do.events.try_webhook(world.administrator, hook.id)
    world.forward(days=2)
    await offered(world)
    assert of(await deliver(world.service), hook.id) == []
    resumed = await world.do.events.resume_webhook(world.administrator, hook.id)
    assert resumed.state is WebhookState.ACTIVE
    assert of(await deliver(world.service), hook.id) == [
        "group.offer.published",
        "group.offer.taken_down",
    ] * 2 or (sorted(of([], hook.id)) == [])


async def test_a_systems_webhook_rests_with_its_account_and_ends_with_it(world: World) -> None:
    system = machine(f"system-{uuid4()}")
    account = await let_in(world, system)
    hook = (await hooked(world, system)).webhook
    assert hook.system_id == account.id
    await course_of(world)

    async def fails(outgoing: Outgoing) -> Answer:
        return FAILED

    assert of(await deliver(world.service, fails), hook.id) == ["course.created"]
    await world.do.systems.change_system(
        world.administrator, account.id, account.version, "System", "Reads events.",
        [SystemScope.EVENTS_READ], account.expires_at,
    )  # fmt: skip
    world.forward(minutes=11)
    assert of(await deliver(world.service), hook.id) == [], "courses aren't its to know any more"
    log = await world.do.events.list_deliveries(world.administrator, hook.id, FIRST_PAGE)
    assert [(each.state, each.fault) for each in log.items] == [(DeliveryState.GIVEN_UP, Fault.NOT_TOLD)]
    await world.do.systems.revoke_system(world.administrator, account.id)
    await offered(world)
    world.forward(minutes=11)
    assert of(await deliver(world.service), hook.id) == []
    with pytest.raises(SystemNotAdmitted):
        await world.do.events.list_webhooks(system, world.organisation)


async def test_who_looks_after_webhooks(world: World) -> None:
    with pytest.raises(NotStaff):
        await hooked(world, world.coordinator)
    system, other = machine(f"one-{uuid4()}"), machine(f"two-{uuid4()}")
    account, others = await let_in(world, system), await let_in(world, other)
    own = (await hooked(world, system)).webhook
    administrators = (await hooked(world)).webhook
    assert {
        each.id for each in await world.do.events.list_webhooks(world.administrator, world.organisation)
    } == {
        own.id,
        administrators.id,
    }
    assert [each.id for each in await world.do.events.list_webhooks(system, world.organisation)] == [own.id]
    for who in (other, world.coordinator):
        with pytest.raises(WebhookNotFound):
            await world.do.events.read_webhook(who, own.id)
    with pytest.raises(WebhookNotFound):
        await world.do.events.read_webhook(system, administrators.id)
    with pytest.raises(SystemNotFound):
        await hooked(world, system, "https://hooks.example.org/other", system_id=others.id)
    with pytest.raises(WebhookKnown):
        await hooked(world, system)
    with pytest.raises(EventTypeNotTold):
        await hooked(world, system, "https://hooks.example.org/other", types=["system.revoked"])
    without = machine(f"three-{uuid4()}")
    blind = await let_in(world, without, scopes=[SystemScope.WEBHOOKS_WRITE])
    with pytest.raises(ScopeNeeded):
        await hooked(world, without)
    with pytest.raises(ScopeNeeded):
        await hooked(world, system_id=blind.id)
    assert account.id == own.system_id


async def test_there_are_only_so_many_however_many_ask_at_once(world: World) -> None:
    for number in range(MOST - 2):
        await hooked(world, url=f"https://hooks.example.org/{number}")
    answers = await asyncio.gather(
        *(hooked(world, url=f"https://hooks.example.org/at-once-{number}") for number in range(6)),
        return_exceptions=True,
    )
    refused = [each for each in answers if isinstance(each, TooManyWebhooks)]
    assert len(refused) == 4
    assert len(await world.do.events.list_webhooks(world.administrator, world.organisation)) == MOST


async def test_a_secret_is_shown_once_and_both_sign_for_a_while(world: World, look: Look) -> None:
    made = await hooked(world)
    await world.do.events.try_webhook(world.administrator, made.webhook.id)
    first = await last(world, made.webhook.id)
    assert (first.secrets, first.delivery.type) == ((made.secret,), "webhook.test")
    assert first.delivery.ids == {"webhook": made.webhook.id}
    changed = await world.do.events.rotate_webhook_secret(world.administrator, made.webhook.id, 2)
    assert changed.secret != made.secret
    assert changed.webhook.overlap_until is not None
    await world.do.events.try_webhook(world.administrator, made.webhook.id)
    assert (await last(world, made.webhook.id)).secrets == (changed.secret, made.secret)
    world.forward(hours=2)
    await world.do.events.try_webhook(world.administrator, made.webhook.id)
    assert (await last(world, made.webhook.id)).secrets == (changed.secret,)
    for row in await look("select secrets_sealed from webhook where id = $1", made.webhook.id):
        for secret in (made.secret, changed.secret):
            assert secret.encode() not in bytes(row["secrets_sealed"])
            assert secret.removeprefix("whsec_").encode() not in bytes(row["secrets_sealed"])


async def test_whoever_changes_a_secret_again_and_again_locks_no_receiver_out(world: World) -> None:
    made = await hooked(world)
    change = world.do.events.rotate_webhook_secret
    later = [(await change(world.administrator, made.webhook.id)).secret for _ in range(MOST_SECRETS - 1)]
    for hours in (None, 1):
        with pytest.raises(TooManySecrets):
            await change(world.administrator, made.webhook.id, hours)
    await world.do.events.try_webhook(world.administrator, made.webhook.id)
    assert (await last(world, made.webhook.id)).secrets == (*reversed(later), made.secret)
    alone = await change(world.administrator, made.webhook.id, 0)
    await world.do.events.try_webhook(world.administrator, made.webhook.id)
    assert (await last(world, made.webhook.id)).secrets == (alone.secret,)


async def test_what_waits_goes_to_the_new_address(world: World) -> None:
    hook = (await hooked(world)).webhook
    changed = await world.do.events.change_webhook(
        world.administrator, hook.id, hook.version, "https://hooks.example.org/moved", PURPOSE
    )
    with pytest.raises(Stale):
        await world.do.events.change_webhook(
            world.administrator, hook.id, hook.version, "https://hooks.example.org/moved", PURPOSE
        )
    await world.do.events.try_webhook(world.administrator, hook.id)
    assert (await last(world, hook.id)).url == changed.url


async def test_a_webhook_that_is_removed_is_gone_with_all_that_was_its(world: World, look: Look) -> None:
    hook = (await hooked(world)).webhook
    await offered(world)

    async def fails(outgoing: Outgoing) -> Answer:
        return FAILED

    await deliver(world.service, fails)
    await world.do.events.remove_webhook(world.administrator, hook.id)
    for table, column in (("webhook", "id"), ("webhook_delivery", "webhook_id"), ("due_work", "subject")):
        assert await look(f"select from {table} where {column} = $1", hook.id) == []
    with pytest.raises(WebhookNotFound):
        await world.do.events.remove_webhook(world.administrator, hook.id)


async def test_an_attempt_whose_worker_was_killed_is_made_again_with_the_same_id(world: World) -> None:
    hook = (await hooked(world)).webhook
    test = await world.do.events.try_webhook(world.administrator, hook.id)
    brief = desk(world.service)
    taken = next(each for each in await brief.take(100) if each.webhook_id == hook.id)
    (begun,) = await brief.begin(taken, 5)
    assert of(await deliver(world.service), hook.id) == [], "it is somebody's"
    # The worker is killed here: it never ends the attempt and never puts the webhook back.
    released = await brief.hold(taken)
    assert released is not None
    await brief.put_back(released)
    world.forward(seconds=61)
    (again,) = [each for each in await deliver(world.service) if each.delivery.webhook_id == hook.id]
    assert (again.delivery.event_id, again.delivery.attempts) == (test.event_id, 2)
    await brief.end(begun, FAILED)  # the first one wakes up, and is too late to say anything
    log = await world.do.events.list_deliveries(world.administrator, hook.id, FIRST_PAGE)
    assert log.items[0].state is DeliveryState.DELIVERED


async def test_who_is_too_late_with_an_attempt_says_nothing_about_the_next_one(world: World) -> None:
    hook = (await hooked(world)).webhook
    await world.do.events.try_webhook(world.administrator, hook.id)
    there = desk(world.service)
    taken = next(each for each in await there.take(100) if each.webhook_id == hook.id)
    (first,) = await there.begin(taken, 5)
    world.forward(seconds=61)  # the first one's worker stands still, and its time is over
    (second,) = await there.begin(taken, 5)
    assert (first.delivery.event_id, second.delivery.attempts) == (second.delivery.event_id, 2)
    held_until = second.delivery.next_at
    await there.end(first, Answer.of_status(410))
    seen = await world.do.events.read_webhook(world.administrator, hook.id)
    log = await world.do.events.list_deliveries(world.administrator, hook.id, FIRST_PAGE)
    assert (seen.state, log.items[0].next_at, log.items[0].fault) == (WebhookState.ACTIVE, held_until, None)
    await there.end(second, ARRIVED)
    log = await world.do.events.list_deliveries(world.administrator, hook.id, FIRST_PAGE)
    assert (log.items[0].state, log.items[0].attempts) == (DeliveryState.DELIVERED, 2)
    await there.put_back(taken)


async def test_what_never_comes_to_an_end_here_is_given_up_one_day(world: World) -> None:
    """So that one event that we can't send, by a mistake of ours, doesn't hold its subject up for ever."""
    hook = (await hooked(world)).webhook
    await world.do.events.try_webhook(world.administrator, hook.id)

    async def breaks(outgoing: Outgoing) -> Answer:
        raise TypeError

    attempts = 0
    while sent := of(await deliver(world.service, breaks), hook.id):
        attempts += len(sent)
        world.forward(minutes=11)
        assert attempts < 100
    log = await world.do.events.list_deliveries(world.administrator, hook.id, FIRST_PAGE)
    assert [(each.state, each.fault) for each in log.items] == [(DeliveryState.GIVEN_UP, Fault.INTERRUPTED)]
    assert attempts == 3 * (len(RESTS) + 1)


async def test_who_has_lost_a_webhook_neither_holds_it_nor_puts_it_back(world: World) -> None:
    hook = (await hooked(world)).webhook
    there = desk(world.service)
    taken = next(each for each in await there.take(100) if each.webhook_id == hook.id)
    held = await there.hold(taken)
    assert held is not None
    assert await there.hold(taken) is None, "it was kept by another since"
    await there.put_back(taken)
    assert not [each for each in await there.take(100) if each.webhook_id == hook.id]
    await there.put_back(held)


async def test_what_the_retention_takes_away_holds_nobody_up(world: World, look: Look) -> None:
    system = machine(f"system-{uuid4()}")
    account = await let_in(world, system, expires_at=world.now + timedelta(days=300))
    hook = (await hooked(world, system)).webhook
    course = await course_of(world)
    await deliver(world.service, lambda _: _failing())
    world.forward(days=1)
    await world.do.courses.note_milestone(
        world.coordinator, course.id, Milestone.TOLD_FROM_THE_START, world.now.date()
    )
    await deliver(world.service, lambda _: _failing())
    world.forward(days=29, hours=12)
    await world.service.retain.run()
    left = await look("select type, next_at from webhook_delivery where webhook_id = $1", hook.id)
    assert [row["type"] for row in left] == ["course.milestone_noted"]
    sent = of(await deliver(world.service), hook.id)
    assert sent == ["course.milestone_noted"]
    assert account.id == hook.system_id


async def _failing() -> Answer:
    return FAILED
