"""Who answers for a webhook hears of it when it fails for long, and when it is disabled: by the feed, at home, by mail."""

from uuid import uuid4

from app.domain.events.delivery import Answer
from app.domain.events.webhook import TEST, DisabledBecause
from app.domain.messages.kind import MessageKind
from app.domain.messages.tone import Tone
from app.domain.organisations.organisation import Role
from app.domain.shared.actor import Actor
from app.services.events.sending import Outgoing
from app.services.people.home_webhook_views import HomeWebhook
from app.services.ports.paging import PageRequest
from tests.support.messages_world import Postman, kinds_sent, sent_to, told, wants
from tests.support.systems_world import let_in, machine
from tests.support.webhooks_world import Send, deliver, failing_for, fails, hooked
from tests.support.world import World

FAILING, DISABLED = OF_WEBHOOKS = ("webhook.failing", "webhook.disabled")


async def gone(outgoing: Outgoing) -> Answer:
    return Answer.of_status(410)


async def feed(world: World, actor: Actor | None = None) -> list[tuple[str, object]]:
    """What was told of webhooks, in order."""
    page = await world.do.events.list_events(actor or world.administrator, world.organisation)
    return [(each.type, each.data.webhook_id) for each in page.events if each.type in OF_WEBHOOKS]


async def at_home(world: World, actor: Actor) -> list[HomeWebhook]:
    home = (await world.do.people.read_me(actor)).home
    assert home is not None
    return home.webhooks


async def test_the_feed_tells_once_that_it_fails_and_once_that_it_is_disabled(world: World) -> None:
    hook = (await hooked(world, types=["group.offer.published"])).webhook
    await failing_for(world, hook.id, 10)
    assert await feed(world) == []
    await failing_for(world, hook.id, 20)
    assert await feed(world) == [(FAILING, hook.id)]
    seen = await world.do.events.read_webhook(world.administrator, hook.id)
    assert seen.disabled_at is None
    await failing_for(world, hook.id, 80)
    seen = await world.do.events.read_webhook(world.administrator, hook.id)
    assert seen.disabled_because is DisabledBecause.FAILING
    assert await feed(world) == [(FAILING, hook.id), (DISABLED, hook.id)]
    assert await feed(world, world.coordinator) == [], "coordinators don't look after webhooks"


async def test_a_webhook_is_not_told_of_itself(world: World) -> None:
    hook = (await hooked(world)).webhook
    other = (await hooked(world, url="https://hooks.example.org/other")).webhook

    async def one_fails(outgoing: Outgoing) -> Answer:
        return await fails(outgoing) if outgoing.delivery.webhook_id == hook.id else Answer(204, None)

    told = set()
    for _ in range(9):
        await world.do.events.try_webhook(world.administrator, hook.id)
        told |= {each.delivery.webhook_id for each in await _sent_of(world, one_fails)}
        world.forward(hours=2)
    assert told == {other.id}
    log = await world.do.events.list_deliveries(world.administrator, hook.id, PageRequest(limit=50))
    assert {each.type for each in log.items} == {TEST}, "and nothing waits for it"


async def _sent_of(world: World, send: Send) -> list[Outgoing]:
    return [each for each in await deliver(world.service, send) if each.delivery.type == FAILING]


async def test_who_arrives_again_is_told_anew_the_next_time(world: World) -> None:
    hook = (await hooked(world, types=["group.offer.published"])).webhook
    await failing_for(world, hook.id, 14)
    await deliver(world.service)
    world.forward(hours=9)
    await deliver(world.service)
    assert [each.id for each in await at_home(world, world.administrator)] == []
    await failing_for(world, hook.id, 14)
    assert await feed(world) == [(FAILING, hook.id)] * 2


async def test_410_is_told_at_once_to_the_administrators_other_systems_too(world: World) -> None:
    other = (await hooked(world, url="https://hooks.example.org/watch", types=[DISABLED])).webhook
    system = machine(f"system-{uuid4()}")
    account = await let_in(world, system)
    hook = (await hooked(world, system)).webhook
    await world.do.events.try_webhook(system, hook.id)

    async def says(outgoing: Outgoing) -> Answer:
        return await gone(outgoing) if outgoing.delivery.webhook_id == hook.id else Answer(204, None)

    sent = await deliver(world.service, says)
    sent += await deliver(world.service, says)
    (word,) = [each.delivery for each in sent if each.delivery.webhook_id == other.id]
    assert (word.type, word.subject) == (DISABLED, hook.id)
    assert word.ids == {"webhook": hook.id, "system": account.id}
    assert await feed(world) == [(DISABLED, hook.id)]
    assert await feed(world, system) == [], "it sees its own webhook by asking for it"


async def test_it_stands_on_the_first_screen_of_administrators_until_it_is_resumed(world: World) -> None:
    hook = (await hooked(world)).webhook
    await failing_for(world, hook.id, 10)
    assert await at_home(world, world.administrator) == []
    await failing_for(world, hook.id, 6)
    (seen,) = await at_home(world, world.administrator)
    assert (seen.id, seen.disabled_because, seen.organisation_id) == (hook.id, None, world.organisation)
    assert await at_home(world, world.coordinator) == []
    await deliver(world.service, gone)
    world.forward(hours=9)
    await deliver(world.service, gone)
    (seen,) = await at_home(world, world.administrator)
    assert seen.disabled_because is DisabledBecause.GONE
    await world.do.events.resume_webhook(world.administrator, hook.id)
    assert await at_home(world, world.administrator) == []


async def test_one_that_has_ended_with_its_account_needs_nobody(world: World) -> None:
    system = machine(f"system-{uuid4()}")
    account = await let_in(world, system)
    hook = (await hooked(world, system)).webhook
    await world.do.events.try_webhook(system, hook.id)
    await deliver(world.service, gone)
    assert [each.system_id for each in await at_home(world, world.administrator)] == [account.id]
    await world.do.systems.revoke_system(world.administrator, account.id)
    assert await at_home(world, world.administrator) == []


async def test_administrators_who_want_it_get_a_mail_and_nobody_else_does(world: World) -> None:
    await world.do.organisations.register(world.administrator, world.organisation, "Administrator")
    hook = (await hooked(world)).webhook
    for actor in (world.administrator, world.coordinator):
        await wants(world, actor, MessageKind.WEBHOOK_FAILING)
    postman = Postman()
    await failing_for(world, hook.id, 10)
    await told(world, postman, world.administrator, world.coordinator)
    assert postman.carried == []
    await failing_for(world, hook.id, 6)
    for _ in range(2):
        await told(world, postman, world.administrator, world.coordinator)
    (letter,) = postman.got(world.administrator)
    assert letter.tone is Tone.ANSWER
    await world.do.events.try_webhook(world.administrator, hook.id)
    await deliver(world.service, gone)
    for _ in range(2):
        await told(world, postman, world.administrator, world.coordinator)
    assert len(postman.got(world.administrator)) == 2, "that it fails, and that it is disabled"
    assert postman.got(world.coordinator) == []
    assert await kinds_sent(world, world.administrator) == [MessageKind.WEBHOOK_FAILING] * 2
    assert {each.subject_id for each in await sent_to(world, world.administrator)} == {hook.id}


async def test_whoever_is_no_administrator_any_more_gets_none(world: World) -> None:
    second = await world.registered("second")
    await world.do.organisations.grant_role(
        world.administrator, world.organisation, second.person_id, Role.ADMINISTRATOR
    )
    await wants(world, second, MessageKind.WEBHOOK_FAILING)
    hook = (await hooked(world)).webhook
    await world.do.events.try_webhook(world.administrator, hook.id)
    await deliver(world.service, gone)
    await world.do.organisations.revoke_role(
        world.administrator, world.organisation, second.person_id, Role.ADMINISTRATOR
    )
    postman = Postman()
    await told(world, postman, second)
    assert postman.carried == []
