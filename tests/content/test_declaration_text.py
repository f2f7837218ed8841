"""The declaration of confidentiality: it carries what it must, in every language, and claims no legal force."""

import re
from dataclasses import replace
from typing import Any

import pytest

from app.adapters.words import ContentWords, canonical
from app.content.texts import LANGUAGES, Language, Texts


@pytest.fixture
def words() -> ContentWords:
    return ContentWords()


def _sentences(text: str) -> int:
    return len(re.findall(r"[.!?](?:\s|$)", text))


CARRIES: dict[str, dict[Language, tuple[str, ...]]] = {
    "C-03 silence about what is seen or heard": {
        "nb": ("full taushet", "ser og hører"),
        "nn": ("teie fullt", "ser og høyrer"),
        "da": ("fuld tavshed", "ser og hører"),
        "en": ("complete silence", "see and hear"),
    },
    "C-04 whom it covers, and where": {
        "nb": ("familiene", "kjenner", "nevnt", "på møtene", "overalt ellers"),
        "nn": ("familiane", "kjenner", "nemnde", "på møta", "overalt elles"),
        "da": ("familier", "kender", "nævnt", "på møderne", "alle andre steder"),
        "en": ("families", "know", "mentioned", "at the meetings", "wherever else"),
    },
    "C-05 moral and ethical, not enforceable": {
        "nb": ("moralsk", "etisk", "ikke et juridisk", "ikke håndheves"),
        "nn": ("moralsk", "etisk", "ikkje ein juridisk", "ikkje handhevast"),
        "da": ("moralsk", "etisk", "ikke et juridisk", "ikke håndhæves"),
        "en": ("moral", "ethical", "not a legal", "can't be enforced"),
    },
    "C-06 name, signature, date": {
        "nb": ("navn", "underskrift", "dato"),
        "nn": ("namn", "underskrift", "dato"),
        "da": ("navn", "underskrift", "dato"),
        "en": ("name", "signature", "date"),
    },
    "G-25 own responsibility, G-21 own will": {
        "nb": ("frivillig", "eget ansvar"),
        "nn": ("frivillig", "eige ansvar"),
        "da": ("frivilligt", "eget ansvar"),
        "en": ("free will", "own responsibility"),
    },
    "T9 what overrides it": {
        "nb": ("aldri", "alvorlig skade", "straffeloven § 196", "barnets lov § 135"),
        "nn": ("aldri", "alvorleg skade", "straffelova § 196", "barnets lov § 135"),
        "da": ("aldrig", "alvorlig skade", "straffeloven § 196", "barnets lov § 135"),
        "en": ("never", "serious harm", "straffeloven § 196", "barnets lov § 135"),
    },
    "D-h4 it lasts": {
        "nb": ("etter at jeg har sluttet",),
        "nn": ("etter at eg har slutta",),
        "da": ("efter at jeg har forladt",),
        "en": ("after i have left",),
    },
    "A-03, A-05 and is given anew": {
        "nb": ("ny gruppe", "på nytt"),
        "nn": ("ny gruppe", "på nytt"),
        "da": ("ny gruppe", "igen"),
        "en": ("new group", "anew"),
    },
    "C-10, C-11 nobody has to tell": {
        "nb": ("mer enn de vil", "livshistorie"),
        "nn": ("meir enn dei vil", "livshistoria"),
        "da": ("mere, end de vil", "livshistorie"),
        "en": ("more than they want", "life story"),
    },
}

CLAIM = re.compile(
    r"\b(straff|erstat|saksøk|søksmål|sagsøg|bøter|bøde|bot\b|sanksjon|sanktion|anmeld|påtal|tiltal|domstol|rettslig|"
    r"rettsleg|retslig|juridisk (bindende|forplikt)|bindende|penal|punish|sue\b|sued|suing|lawsuit|damages|prosecut|"
    r"liab|sanction|court|fined?\b|legally|binding)",
    re.IGNORECASE,
)
"""What would claim legal force (D-h6)."""

LAWS = re.compile(r"straffelov(en|a) § 196")


def _claims_legal_force(text: str) -> bool:
    return CLAIM.search(LAWS.sub("", text)) is not None


@pytest.mark.rule("C-03", "C-04", "C-05", "C-06", "G-25")
@pytest.mark.parametrize("element", CARRIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_declaration_carries_what_it_must(element: str, language: Language, words: ContentWords) -> None:
    text = " ".join(words.body(language)).lower()
    for stem in CARRIES[element][language]:
        assert stem in text, f"{element}: {stem}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_duties_that_override_it_take_one_sentence(language: Language, words: ContentWords) -> None:
    duties = [paragraph for paragraph in words.body(language) if "§" in paragraph]
    assert len(duties) == 1
    assert "§ 196" in duties[0]
    assert "§ 135" in duties[0]
    assert _sentences(duties[0]) == 1


@pytest.mark.rule("C-05")
@pytest.mark.hazard("D-h6")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_declaration_claims_no_legal_force(language: Language, words: ContentWords) -> None:
    assert not _claims_legal_force(" ".join((words.title(language), *words.body(language))))


@pytest.mark.hazard("D-h6")
@pytest.mark.parametrize(
    "claim",
    [
        "Brudd straffes.",
        "Du kan bli erstatningsansvarlig.",
        "We may sue you.",
        "There is a penalty.",
        "Den er juridisk bindende.",
        "Brot kan meldast til ein domstol.",
        "Det kan koste en bøde.",
        "It is legally binding.",
    ],
)
def test_the_lint_for_legal_force_would_see_it(claim: str) -> None:
    assert _claims_legal_force(claim)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_source_is_credited_beside_the_text(language: Language, words: ContentWords) -> None:
    assert "Selvhjelp Norge" in Texts.load().text("declaration", "source", language)
    assert "Selvhjelp Norge" not in " ".join(words.body(language))


def test_a_changed_text_needs_a_new_version(words: ContentWords) -> None:
    """People have signed these very words. Whoever changes them raises the version, and then this table."""
    held = {
        language: (words.current(language).version, words.current(language).sha256) for language in LANGUAGES
    }
    assert held == {
        "nb": ("1", "051d7ac736b4cdf4d44486770a3cc683e7978d413c0f5a602fc252eabcdf98ff"),
        "nn": ("1", "cb2e5359540974b4c97d353f2fa9c483051201569bb0bc62ddb9f41b885548e3"),
        "da": ("1", "9f7ae96bdc387136811467a8ad8563174b1e4bd62fdf97f352907a4dece4b001"),
        "en": ("1", "bb1b4b74744a2444a038ecafd1055d7bccc6481afb0dd03198fb7425a7559008"),
    }


def _with(language: Language, topic: str, content: dict[str, Any]) -> Texts:
    texts = Texts.load()
    changed = {**texts.topics[language], topic: content}
    return replace(texts, topics={**texts.topics, language: changed})


@pytest.mark.parametrize(
    "change",
    [
        {"version": "2"},
        {"title": "Another title"},
        {"paragraphs": ["One.", "Two"]},
        {"paragraphs": ["Two.", "One."]},
        {"paragraphs": ["One.Two."]},
        {"paragraphs": ["One. Two."]},
    ],
)
def test_the_hash_changes_with_the_text(change: dict[str, Any]) -> None:
    before = {"version": "1", "title": "A title", "paragraphs": ["One.", "Two."]}
    old = ContentWords(_with("en", "declaration", before)).current("en").sha256
    new = ContentWords(_with("en", "declaration", {**before, **change})).current("en").sha256
    assert re.fullmatch(r"[0-9a-f]{64}", old)
    assert new != old


def test_the_hash_is_of_what_is_shown(words: ContentWords) -> None:
    hashes = {words.current(language).sha256 for language in LANGUAGES}
    assert len(hashes) == len(LANGUAGES)
    assert canonical("1", "T", ("a", "b")) == "1\n\nT\n\na\n\nb"
    for language in LANGUAGES:
        assert words.current(language).language == language
        assert not any("\n" in paragraph for paragraph in words.body(language))
