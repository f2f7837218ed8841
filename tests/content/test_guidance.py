"""Rules and cards: whole in every language, credited, and never a ladder that groups have to climb."""

from dataclasses import fields

import pytest

from app.adapters.words import ContentWords
from app.content.texts import LANGUAGES, Language, Texts
from app.domain.guidance.card import Card, CardKind, Moment
from app.domain.guidance.cards import CARDS
from app.domain.guidance.catalogue import CATALOGUE
from app.domain.guidance.rule import Binding, Source
from app.domain.shared.actor import ANONYMOUS, Actor, RequestMark
from app.services.guidance.list_cards import ListCards
from app.services.guidance.list_rules import ListRules


def reader(language: Language) -> Actor:
    return Actor(mark=RequestMark(language=language))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_rule_has_its_sentence_in_every_language(language: Language) -> None:
    shown = await ListRules(ContentWords())(reader(language))
    assert len(shown) == len(CATALOGUE) == 162
    assert set(Texts.load().topic("rules", language)) == set(CATALOGUE)
    assert len({rule.sentence for rule in shown}) == 162
    for rule in shown:
        assert rule.sentence.endswith((".", "»", "“", "«.")), rule.id
        assert rule.sentence[0].isupper() or rule.sentence[0] in "«»“", rule.id
        assert 10 < len(rule.sentence) < 180, rule.id


def test_the_classes_are_those_that_were_agreed() -> None:
    count = {kind: sum(rule.binding is kind for rule in CATALOGUE.values()) for kind in Binding}
    assert count == {Binding.HARD: 52, Binding.DEFAULT: 58, Binding.ADVICE: 52}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_has_its_words_in_every_language(language: Language) -> None:
    topic = Texts.load().topic("cards", language)
    assert set(topic) == {card.key for card in CARDS}
    for key, words in topic.items():
        assert set(words) == {"title", "body"}, key
        assert len(words["title"]) < 60, key
        assert 60 < len(words["body"]) < 300, key


def test_languages_differ() -> None:
    """A text that is the same in two languages was forgotten; Norwegian's two may agree now and then."""
    for topic in ("rules", "cards"):
        english, danish = Texts.load().topic(topic, "en"), Texts.load().topic(topic, "da")
        assert not [key for key in english if english[key] == danish[key]]


@pytest.mark.rule("O-05")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_word_of_guidance_credits_its_source(language: Language) -> None:
    words = ContentWords()
    shown = [*await ListRules(words)(reader(language)), *await ListCards(words)(reader(language))]
    assert {each.source.key for each in shown} == set(Source)
    for each in shown:
        assert each.source.title
        assert each.source.publisher
        assert each.source.credit


@pytest.mark.rule("L-01", "L-05")
def test_phases_are_cards_in_no_order_and_nothing_moves_along_them() -> None:
    phases = [card for card in CARDS if card.kind is CardKind.PHASE]
    assert len(phases) == 10
    assert len([card for card in CARDS if card.kind is CardKind.BLIND_ALLEY]) == 5
    assert all("L-01" in card.rules and Moment.PROCESS in card.moments for card in phases)
    # Nothing that could say which comes first or next.
    assert {field.name for field in fields(Card)} == {"key", "kind", "moments", "rules", "source"}


async def test_every_advice_is_shown_at_some_moment() -> None:
    """ADVICE is shown at the right moment; what no card, agenda or promise carries would be shown never."""
    cards = await ListCards(ContentWords())(ANONYMOUS)
    on_cards = {rule.id for card in cards for rule in card.rules}
    assert on_cards <= set(CATALOGUE)
    assert not [
        rule.id for rule in CATALOGUE.values() if rule.binding is Binding.ADVICE and rule.id not in on_cards
    ]


async def test_cards_come_by_moment_and_kind() -> None:
    cards = await ListCards(ContentWords())(ANONYMOUS, Moment.AFTER_STARTER)
    assert [card.key for card in cards] == ["leader_hunt"]
    compass = await ListCards(ContentWords())(ANONYMOUS, None, CardKind.COMPASS)
    assert len(compass) == 3
    assert await ListCards(ContentWords())(ANONYMOUS, Moment.COMPOSING, CardKind.PHASE) == []


async def test_rules_come_by_area_and_binding() -> None:
    rules = await ListRules(ContentWords())(ANONYMOUS, None, Binding.HARD)
    assert len(rules) == 52
