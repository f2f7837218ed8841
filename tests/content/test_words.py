"""The words behind the views: complete in every language, neutral, and without a claim that they can't keep."""

import ast
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import app
import app.domain
import app.services
from app.adapters.postgres.constraints import REFUSALS
from app.adapters.words import ContentWords
from app.content.texts import LANGUAGES, Language, Texts, placeholders
from app.domain.admission.application import ApplicantStage
from app.domain.admission.decision_rules import CONSENT_OF_ALL, rule_named
from app.domain.organisations.organisation import Country
from app.domain.organisations.policy import DecisionRuleName
from app.domain.shared.errors import DomainError, Invalid, Kind, all_refusals

TOPICS = (
    "refusals", "own_affairs", "leaving", "applicant", "decision_rules", "declaration", "other_help", "meetings",
    "intake", "agendas",
)  # fmt: skip
RULES = [*DecisionRuleName, CONSENT_OF_ALL]


@pytest.fixture
def words() -> ContentWords:
    return ContentWords()


def _leaves(content: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _leaves(value, f"{path}/{key}")
    elif isinstance(content, list):
        for index, value in enumerate(content):
            yield from _leaves(value, f"{path}/{index}")
    else:
        yield path, content


def _sentences(text: str) -> int:
    return len(re.findall(r"[.!?](?:\s|$)", text))


# All of them


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_and_facts(topic: str, language: Language) -> None:
    ours = dict(_leaves(Texts.load().topic(topic, language)))
    theirs = dict(_leaves(Texts.load().topic(topic, "nb")))
    assert theirs
    assert ours.keys() == theirs.keys()
    assert all(text.strip() == text != "" for text in ours.values())
    assert {path: placeholders(text) for path, text in ours.items()} == {
        path: placeholders(text) for path, text in theirs.items()
    }


FOREIGN: dict[Language, str] = {
    "nb": r"ikkje|eg|kva|kven|nokon|ein|eit|ei gruppe|af|efter|nogen|uden|blive|gruppa",
    "nn": r"ikke|jeg|hva|hvem|hvor|noen|noe|en|et|være|bare|også|fra|av en|avstemning|gruppen|hun|deres|selv",
    "da": r"ikkje|av|etter|noen|noe|uten|ble|hjelp|bare|kanskje|nå|mot|på nytt|gruppa|møtet|samtalen er|annen",
    "en": r"color\w*|center|behavior|organiz\w+|recogniz\w+|favor\w*|ikke|jeg",
}
"""Words that betray that a text has slipped in from a neighbouring language (or from across the ocean)."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_itself(language: Language) -> None:
    for topic in TOPICS:
        for path, text in _leaves(Texts.load().topic(topic, language)):
            if path.endswith(("/name", "/key", "/url")):
                continue
            found = re.search(rf"\b({FOREIGN[language]})\b", text, re.IGNORECASE)
            assert found is None, f"{topic}{path}: {found}"


# Refusals


def _refusals() -> list[type[DomainError]]:
    for package in (app.domain, app.services):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    return [refusal for refusal in all_refusals() if refusal.__module__.startswith("app.")]


def _facts_of_raise_sites() -> dict[str, set[frozenset[str]]]:
    """By the name of the refusal: which facts are passed, at each place that makes or raises it."""
    known = {refusal.__name__ for refusal in _refusals()}
    found: dict[str, set[frozenset[str]]] = {cls.__name__: {frozenset()} for cls in REFUSALS.values()}
    root = Path(app.__file__).parent
    for room in ("domain", "services", "api"):
        for file in root.joinpath(room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name):
                    found.setdefault(node.exc.id, set()).add(frozenset())
                elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in known:
                    facts = frozenset(word.arg for word in node.keywords if word.arg)
                    found.setdefault(node.func.id, set()).add(facts)
    return found


def test_a_refusal_names_only_facts_that_every_place_passes() -> None:
    sites = _facts_of_raise_sites()
    asked = {}
    for refusal in _refusals():
        text = Texts.load().refusals["nb"].get(refusal.code)
        if text is not None:
            asked[refusal.__name__] = placeholders(text.detail) | placeholders(text.next)
    assert asked["TooFewForAFirstMeeting"] == {"needed"}
    for name, facts in asked.items():
        for passed in sites.get(name, {frozenset()}):
            assert facts <= passed, f"{name} is raised without {facts - passed}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_hidden_and_absent_read_the_same(language: Language) -> None:
    texts = Texts.load().refusals[language]
    hidden = {refusal.code for refusal in _refusals() if refusal.kind is Kind.NOT_FOUND} & set(texts)
    hidden -= {"guidance.rule_not_found"}  # What everybody may read has nothing to hide.
    assert "groups.not_found" in hidden
    endings = {re.split(r"(?<=\.) ", texts[code].detail)[-1] for code in hidden}
    assert len(endings) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_to_call_is_one_of_the_help_that_we_name(language: Language, words: ContentWords) -> None:
    for path, text in _leaves(Texts.load().topic("refusals", language)):
        for number in re.findall(r"\d[\d ]+\d", text):
            for country in Country:
                phones = {entry.phone for entry in words.other_help(country, language)}
                assert number in phones, f"{path}: {number} is not known in {country}"


# What the applicant hears

TELLING: dict[Language, str] = {
    "nb": r"\d|\bstem|avstem|flertall|avvis|avsl[oå]|\b(tre|fire|fem|seks|sju|åtte|mange|alle|medlem\w*)\b",
    "nn": r"\d|røyst|fleirtal|avvis|avsl[oå]|\b(tre|fire|fem|seks|sju|åtte|mange|alle|medlem\w*)\b",
    "da": r"\d|\bstem|afstem|flertal|afvis|afsl[oåa]|\b(tre|fire|fem|seks|syv|otte|mange|alle|medlem\w*)\b",
    "en": r"\d|vot(e|ing)|ballot|majorit|reject|refus|\b(two|three|four|five|six|many|several|all|members?)\b",
}
"""Counts, votes, other people: what would tell more than where the application stands (B-26)."""

SAID: dict[ApplicantStage, dict[Language, tuple[str, ...]]] = {
    ApplicantStage.NO_DECISION_YET: {
        "nb": ("beslutning", "står som før"),
        "nn": ("avgjerd", "står som før"),
        "da": ("beslutning", "står ved magt"),
        "en": ("no decision", "stands"),
    },
    **{
        stage: {
            "nb": ("annen hjelp",),
            "nn": ("anna hjelp",),
            "da": ("anden hjælp",),
            "en": ("other help",),
        }
        for stage in (ApplicantStage.NOT_THIS_TIME, ApplicantStage.OFFER_ENDED, ApplicantStage.WITHDRAWN)
    },
}


@pytest.mark.parametrize("stage", ApplicantStage)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_applicant_hears_neutral_words(
    stage: ApplicantStage, language: Language, words: ContentWords
) -> None:
    assert stage.value in Texts.load().topic("applicant", language)
    text = words.say("applicant", stage, language)
    assert not placeholders(text)
    found = re.search(TELLING[language], text, re.IGNORECASE)
    assert found is None, f"{stage} tells {found}"
    for said in SAID.get(stage, {}).get(language, ()):
        assert said in text.lower()


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_is_explained(rule: str, language: Language, words: ContentWords) -> None:
    topic, _, key = rule_named(rule).explain().partition(".")
    assert key in Texts.load().topic(topic, language)
    assert 1 <= _sentences(words.say(topic, key, language)) <= 2


def test_no_explanation_is_left_of_a_rule_that_is_gone() -> None:
    assert set(Texts.load().topic("decision_rules", "nb")) == set(RULES)
    assert set(Texts.load().topic("applicant", "nb")) == set(ApplicantStage)


# The adapter


def _with(language: Language, topic: str, content: dict[str, Any]) -> Texts:
    texts = Texts.load()
    changed = {**texts.topics[language], topic: content}
    return replace(texts, topics={**texts.topics, language: changed})


@pytest.mark.parametrize("language", ["sv", "NB", "", "no", "en-GB"])
def test_a_language_that_we_do_not_have_is_refused_by_its_place(language: str, words: ContentWords) -> None:
    for ask in (
        words.current,
        words.title,
        words.body,
        lambda name: words.say("applicant", "entered", name),
        lambda name: words.other_help("NO", name),
    ):
        with pytest.raises(Invalid) as refused:
            ask(language)
        assert refused.value.pointer == "/language"


def test_words_that_are_missing_stop_the_start() -> None:
    with pytest.raises(ValueError, match="paragraphs in da"):
        ContentWords(_with("da", "declaration", {"version": "1", "title": "T", "paragraphs": []}))
    with pytest.raises(ValueError, match="description"):
        ContentWords(_with("en", "other_help", {"NO": [{"key": "no_one", "name": "One"}]}))


# Other help

PHONE = {
    Country.NO: r"11[023]|11[06] \d{3}|[2-9]\d \d\d \d\d \d\d",
    Country.DK: r"112|1\d{3}|116 \d{3}|[2-9]\d \d\d \d\d \d\d|[2-9]\d \d{3} \d{3}",
}
"""Emergency numbers, 116 numbers and eight digits; in Denmark also short numbers of four."""


@pytest.mark.parametrize("country", Country)
def test_other_help_can_be_reached(country: Country, words: ContentWords) -> None:
    entries = words.other_help(country, "nb")
    assert entries[0].phone == {"NO": "113", "DK": "112"}[country], "the most urgent comes first"
    for entry in entries:
        assert entry.phone or entry.url, f"{entry.key} can't be reached"
        assert entry.phone is None or re.fullmatch(PHONE[country], entry.phone), entry.phone
        assert entry.url is None or re.fullmatch(r"https://[a-z0-9.-]+\.(no|dk)", entry.url), entry.url
        assert entry.key.startswith(f"{country.lower()}_")
    assert any(entry.phone == "116 111" for entry in entries), "help for whoever is under age (I-h2)"


@pytest.mark.parametrize("country", Country)
@pytest.mark.parametrize("language", LANGUAGES)
def test_other_help_is_the_same_in_every_language(
    country: Country, language: Language, words: ContentWords
) -> None:
    ours, theirs = words.other_help(country, language), words.other_help(country, "nb")
    assert [(e.key, e.phone, e.url) for e in ours] == [(e.key, e.phone, e.url) for e in theirs]
    assert len({e.key for e in ours}) == len(ours)
    assert all(one.description != other.description for one, other in pairwise(ours))


def test_every_country_has_other_help_and_no_other() -> None:
    for language in LANGUAGES:
        assert set(Texts.load().topic("other_help", language)) == set(Country)


def test_whoever_gets_the_list_may_change_it(words: ContentWords) -> None:
    words.other_help("NO", "nb").clear()
    assert words.other_help("NO", "nb")
