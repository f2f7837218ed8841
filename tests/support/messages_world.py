"""Messages to people, told over the small world: who wants which, and a carrier that a test can look into and break."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace

from app.adapters.postgres.repositories.message_desks import PostgresDesks
from app.domain.messages.kind import KINDS, MessageKind
from app.domain.people.consent import Purpose
from app.domain.people.contact import ContactKind
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId, PersonId
from app.services.messages.send_due_messages import SendDueMessages
from app.services.messages.tell_one import TellOne
from app.services.messages.views import MessageView
from app.services.ports.carrier import Letter
from app.services.ports.paging import PageRequest
from tests.support.consents_world import consented
from tests.support.world import World

_IN_LETTERS = str.maketrans("0123456789", "ghijklmnop")


async def _taken(letter: Letter) -> None:
    """A server that takes everything."""


@dataclass
class Postman:
    """A carrier. `server` may refuse, hang or fall over."""

    server: Callable[[Letter], Awaitable[None]] = _taken
    carried: list[Letter] = field(default_factory=list)
    """What a server has taken, in order; the same letter twice is there twice."""
    by: ContactKind = ContactKind.EMAIL

    async def carry(self, letter: Letter) -> None:
        await self.server(letter)
        self.carried.append(letter)

    def got(self, actor: Actor) -> list[Letter]:
        """What somebody has got."""
        return [each for each in self.carried if each.address == address_of(actor)]


def address_of(actor: Actor) -> str:
    """Somebody's address: in letters alone, as ten digits in a row may look like an identity number."""
    return f"{actor.person_id.hex.translate(_IN_LETTERS)}@example.org"


def teller(world: World, postman: Postman) -> TellOne:
    """The use case that tells one person, with this carrier."""
    assert world.service.send is not None
    return replace(world.service.send.tell, carrier=postman)


@dataclass(frozen=True)
class OneOrganisation:
    """The people of one organisation alone: what other tests have left in the database is theirs."""

    all_desks: PostgresDesks
    organisation: OrganisationId

    async def claim(self, most: int) -> list[tuple[OrganisationId, PersonId]]:
        """Some of those whose time has come there."""
        return [(self.organisation, each) for each in await self.all_desks.claim_in(self.organisation, most)]


def sender(world: World, postman: Postman) -> SendDueMessages:
    """The use case that tells everybody of the organisation."""
    send = world.service.send
    assert send is not None
    assert isinstance(send.desks, PostgresDesks)
    desks = OneOrganisation(send.desks, world.organisation)
    return replace(send, desks=desks, tell=teller(world, postman))


async def wants(
    world: World,
    actor: Actor,
    *kinds: MessageKind,
    quiet: tuple[str, str] | None = None,
    language: str = "en",
) -> None:
    """Somebody consents, gives an address and chooses these kinds; without quiet hours, if they name none."""
    for purpose in sorted(
        {each for kind in kinds for each in KINDS[kind].purposes} or {Purpose.CONTACT_ABOUT_GROUP}
    ):
        await consented(world, actor, purpose)
    await world.do.people.keep_contact(actor, world.organisation, ContactKind.EMAIL, address_of(actor))
    start, end = quiet or (None, None)
    await world.do.messages.set_my_messages(
        actor, world.organisation, language=language, quiet_from=start, quiet_until=end
    )
    for kind in kinds:
        await world.do.messages.choose_message(actor, world.organisation, kind)


async def all_want(world: World, people: Iterable[Actor], *kinds: MessageKind) -> None:
    """Each of them."""
    for actor in people:
        await wants(world, actor, *kinds)


async def told(world: World, postman: Postman, *people: Actor) -> None:
    """These people are told what is due."""
    for actor in people:
        await teller(world, postman)(world.organisation, actor.person_id)


async def sent_to(world: World, actor: Actor) -> list[MessageView]:
    """What somebody sees of what was sent to them."""
    page = await world.do.messages.list_my_sent_messages(actor, world.organisation, PageRequest(limit=100))
    return page.items


async def kinds_sent(world: World, actor: Actor) -> list[MessageKind]:
    """The kinds of it, the newest first."""
    return [each.kind for each in await sent_to(world, actor)]
