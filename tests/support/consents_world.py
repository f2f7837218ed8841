"""What people consent to, told over the small world."""

from app.domain.people.consent import Purpose, ReadText
from app.domain.shared.actor import Actor
from app.services.people.consent_views import ConsentView
from tests.support.world import World


def read_text(world: World, purpose: Purpose, language: str = "en") -> ReadText:
    """The words that hold now, as somebody has read them."""
    text = world.do.people.give_consent.texts.consent(purpose, language)
    return ReadText(text_version=text.version, language=language, text_sha256=text.sha256)


async def consented(world: World, actor: Actor, purpose: Purpose) -> ConsentView:
    """Somebody says yes to one purpose."""
    return await world.do.people.give_consent(actor, world.organisation, purpose, read_text(world, purpose))
