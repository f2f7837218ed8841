"""See the cards for a moment."""

from dataclasses import dataclass

from app.domain.guidance.card import CardKind, Moment
from app.domain.guidance.cards import CARDS
from app.domain.guidance.catalogue import CATALOGUE
from app.domain.shared.actor import Actor
from app.services.guidance.views import CardView, RuleView
from app.services.ports.texts import Words


@dataclass(frozen=True, slots=True)
class ListCards:
    """See the cards for a moment: principles, the compass, phases, blind alleys, advice. Public.

    They are words for people and nothing else: no group is ever put into a phase (L-01).
    """

    words: Words

    async def __call__(
        self, actor: Actor, moment: Moment | None = None, kind: CardKind | None = None
    ) -> list[CardView]:
        language = actor.mark.language
        return [
            CardView.of(
                card,
                [RuleView.of(CATALOGUE[rule], self.words, language) for rule in card.rules],
                self.words,
                language,
            )
            for card in CARDS
            if moment in (None, *card.moments) and kind in (None, card.kind)
        ]
