"""What is asked about messages to people."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from app.domain.messages.kind import MessageKind
from app.domain.people.consent import Purpose
from app.domain.people.contact import ContactKind
from app.services.ports.carrier import Letter
from app.services.ports.paging import FIRST_PAGE
from tests.parity.scene import Scene
from tests.support.consents_world import consented

Body = Mapping[str, Any]


class _TakesAll:
    """A carrier that takes everything."""

    by = ContactKind.EMAIL

    async def carry(self, letter: Letter) -> None:
        """Taken."""


async def play(scene: Scene) -> None:
    """A member has got a message about what was decided or is coming, whatever it is."""
    world, member = scene.world, scene.viewers["member"]
    await consented(world, member, Purpose.CONTACT_ABOUT_GROUP)
    await world.do.people.keep_contact(member, world.organisation, ContactKind.EMAIL, "member@example.org")
    await world.do.messages.set_my_messages(member, world.organisation, quiet_from=None)
    for kind in (MessageKind.BALLOT_OPEN, MessageKind.DECLARATION_DUE):
        await world.do.messages.choose_message(member, world.organisation, kind)
    assert world.service.send is not None
    await replace(world.service.send.tell, carrier=_TakesAll())(world.organisation, member.person_id)
    sent = await world.do.messages.list_my_sent_messages(member, world.organisation, FIRST_PAGE)
    scene.more["messages"] = [str(each.id) for each in sent.items[:1]]
    assert scene.more["messages"]


BODIES: dict[str, Callable[[Scene], Body | None]] = {
    "set_my_messages": lambda s: {
        "language": "da",
        "time_zone": "Europe/Copenhagen",
        "quiet_from": "22:00",
        "quiet_until": "07:30",
    },
}
FILTERS: dict[str, list[Body]] = {"list_my_sent_messages": [{"limit": 1}]}
PLACES: dict[str, Callable[[Scene], list[str]]] = {
    "message_kind": lambda s: ["ballot_open", "training_due"],
    "message_id": lambda s: s.more["messages"],
}
