"""How rules and cards are shown: in the reader's language, with the source credited (O-05)."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.domain.guidance.card import Card, CardKind, Moment
from app.domain.guidance.rule import Area, Binding, Rule, Source
from app.services.ports.texts import Words
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditView:
    """The document that something was learned from."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    key: Source
    """Stable name of the document."""
    title: str
    """Its title, as it is called."""
    publisher: str
    """Who published it."""
    credit: str
    """Who wrote the words that you read here, and after what."""

    @classmethod
    def of(cls, source: Source, words: Words, language: str) -> "CreditView":
        """The credit for a source."""
        return cls(
            key=source,
            title=words.say("sources", f"{source}.title", language),
            publisher=words.say("sources", f"{source}.publisher", language),
            credit=words.say("sources", "credit", language),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """A rule of self-organised self-help, in one sentence."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    id: str
    """Its id, as refusals name it: `A-01`."""
    area: Area
    """What it is about."""
    binding: Binding
    """How binding it is."""
    sentence: str
    """The rule, in our words and your language."""
    source: CreditView
    """Where it comes from."""

    @classmethod
    def of(cls, rule: Rule, words: Words, language: str) -> "RuleView":
        """The rule in a language."""
        return cls(
            id=rule.id,
            area=rule.area,
            binding=rule.binding,
            sentence=words.say("rules", rule.id, language),
            source=CreditView.of(rule.source, words, language),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """A few words for a moment."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    key: str
    """Stable name of the card."""
    kind: CardKind
    """What sort of card it is. Phases come in no order, and no group is ever "in" one (L-01)."""
    moments: list[Moment]
    """When it helps."""
    title: str
    """Its title, in your language."""
    body: str
    """Its words, in your language."""
    rules: list[RuleView]
    """The rules that it puts into words."""
    source: CreditView
    """Where it was learned."""

    @classmethod
    def of(cls, card: Card, rules: list[RuleView], words: Words, language: str) -> "CardView":
        """The card in a language."""
        return cls(
            key=card.key,
            kind=card.kind,
            moments=list(card.moments),
            title=words.say("cards", f"{card.key}.title", language),
            body=words.say("cards", f"{card.key}.body", language),
            rules=rules,
            source=CreditView.of(card.source, words, language),
        )
