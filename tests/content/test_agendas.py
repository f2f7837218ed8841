"""Agendas: every item has its words in every language, and no words are left of an item that is gone."""

import pytest

from app.content.texts import LANGUAGES, Language, Texts
from app.domain.meetings.advice import MeetingAdvice
from app.domain.meetings.agenda import TEMPLATES, every_key
from app.domain.meetings.rounds import PartKind


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.rule("M-07", "M-09", "M-10", "M-11", "O-05")
def test_every_item_has_its_words(language: Language) -> None:
    topic = Texts.load().topic("agendas", language)
    assert set(topic["items"]) == every_key()
    assert all(set(words) == {"title", "text"} for words in topic["items"].values())
    cited = {source for items in TEMPLATES.values() for item in items for source in item.sources}
    assert set(topic["sources"]) == cited
    assert set(topic["rounds"]) == {*PartKind, "advice"}
    assert set(Texts.load().topic("meetings", language)["advice"]) == set(MeetingAdvice)
