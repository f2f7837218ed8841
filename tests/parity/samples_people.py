"""What is asked about consents and contacts."""

from collections.abc import Callable, Mapping
from typing import Any

from app.domain.people.consent import Purpose
from app.domain.people.contact import ContactKind
from tests.parity.scene import Scene
from tests.support.consents_world import consented, read_text

Body = Mapping[str, Any]


async def play(scene: Scene) -> None:
    """Somebody can be reached about their conversation, and has taken another consent back."""
    world, somebody = scene.world, scene.viewers["asking"]
    given = await consented(world, somebody, Purpose.CONTACT_ABOUT_INTAKE)
    await world.do.people.keep_contact(somebody, world.organisation, ContactKind.EMAIL, "asking@example.org")
    await consented(world, somebody, Purpose.TAKING_PART)
    await world.do.people.withdraw_consent(somebody, world.organisation, Purpose.TAKING_PART)
    member = await consented(world, scene.viewers["member"], Purpose.CONTACT_ABOUT_GROUP)
    scene.more["consents"] = [str(given.id), str(member.id)]


def _read(scene: Scene) -> Body:
    read = read_text(scene.world, Purpose.CONTACT_ABOUT_GROUP)
    return {
        "read": {
            "text_version": read.text_version,
            "language": read.language,
            "text_sha256": read.text_sha256,
        }
    }


BODIES: dict[str, Callable[[Scene], Body | None]] = {
    "erase_me": lambda s: {"confirmation": "000000000000"},
    "give_consent": _read,
    "keep_contact": lambda s: {"value": "+47 912 34 567"},
}
FILTERS: dict[str, list[Body]] = {
    "list_consent_texts": [{"language": "da"}],
    "list_my_consents": [{"limit": 1}],
}
PLACES: dict[str, Callable[[Scene], list[str]]] = {
    "purpose": lambda s: ["contact_about_group", "contact_about_intake"],
    "kind": lambda s: ["telephone", "email"],
    "consent_id": lambda s: s.more["consents"],
}
