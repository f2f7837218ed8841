"""The words about volunteers: whole in every language, in step with the code, and without an occupation."""

import re

import pytest

from app.content.texts import LANGUAGES, Language, Texts, placeholders
from app.domain.volunteers.criteria import PROMPTS, REQUIRED, WELCOME
from app.domain.volunteers.qualification import Requirement, VolunteerStatus
from tests.content import test_words

TOPICS = ("volunteers", "volunteer_criteria")


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_and_is_itself(topic: str, language: Language) -> None:
    ours = dict(test_words._leaves(Texts.load().topic(topic, language)))
    theirs = dict(test_words._leaves(Texts.load().topic(topic, "nb")))
    assert theirs
    assert ours.keys() == theirs.keys()
    for path, text in ours.items():
        assert text.strip() == text != ""
        assert placeholders(text) == frozenset()
        found = re.search(rf"\b({test_words.FOREIGN[language]})\b", text, re.IGNORECASE)
        assert found is None, f"{topic}{path}: {found}"


@pytest.mark.rule("V-03", "V-13", "V-14", "V-15", "V-18", "V-19", "V-20")
def test_each_quality_status_and_requirement_has_its_words_and_no_other_has() -> None:
    criteria = Texts.load().topic("volunteer_criteria", "nb")
    known = {key for named in (REQUIRED, WELCOME) for keys in named.values() for key in keys}
    assert set(criteria["quality"]) == known
    assert set(criteria["prompt"]) == set(PROMPTS)
    words = Texts.load().topic("volunteers", "nb")
    assert set(words["status"]) == set(VolunteerStatus)
    assert set(words["requirement"]) == set(Requirement)
