"""Find other ways to help."""

from dataclasses import dataclass

from app.domain.organisations.organisation import Country
from app.domain.shared.actor import Actor
from app.services.ports.texts import HelpView, Words


@dataclass(frozen=True, slots=True)
class ListOtherHelp:
    """See other ways to help in a country. Public, without login: whoever needs one now needs no account."""

    words: Words

    async def __call__(self, actor: Actor, country: Country) -> list[HelpView]:
        return self.words.other_help(country, actor.mark.language)
