"""Every refusal has something to say, in every language, and says the same."""

import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

import app.api
import app.domain
import app.services
from app.api.shared.problems import EDGE_STATUS
from app.content.texts import LANGUAGES, Texts, fill, negotiate, placeholders
from app.domain.shared.errors import all_refusals


def _codes() -> list[str]:
    for package in (app.domain, app.services, app.api):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    ours = {refusal.code for refusal in all_refusals() if refusal.__module__.startswith("app.")}
    return sorted(ours | set(EDGE_STATUS))


@pytest.mark.parametrize("code", _codes())
def test_every_refusal_speaks_every_language_with_the_same_facts(code: str) -> None:
    texts = Texts.load()
    asked = set()
    for language in LANGUAGES:
        text = texts.refusals[language].get(code)
        assert text is not None, f"{code} has no text in {language}"
        assert text.title.strip()
        assert text.detail.strip()
        assert text.next.strip()
        assert not placeholders(text.title), "a title takes no facts"
        assert "{" not in fill(
            text.detail + text.next, dict.fromkeys(placeholders(text.detail + text.next), 1)
        )
        asked.add((placeholders(text.detail), placeholders(text.next)))
    assert len(asked) == 1, f"{code} asks for different facts in different languages"


def test_no_text_is_left_of_a_refusal_that_is_gone() -> None:
    known = {*_codes(), "shared.no_text"}
    for language in LANGUAGES:
        assert set(Texts.load().refusals[language]) <= known


@pytest.mark.parametrize("topic", ["field", "page"])
def test_the_edge_says_all_its_small_words_in_every_language(topic: str) -> None:
    texts = Texts.load()
    words = [set(texts.topic("edge", language)[topic]) for language in LANGUAGES]
    assert words[0]
    assert all(other == words[0] for other in words)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "nb"),
        ("", "nb"),
        ("no", "nb"),
        ("no-NO", "nb"),
        ("no, en;q=0.5", "nb"),
        ("no-NO, en;q=0.5", "nb"),
        ("*, en;q=0.5", "nb"),
        ("nb-NO", "nb"),
        ("NN", "nn"),
        ("nn-NO, nb;q=0.5", "nn"),
        ("sv", "nb"),
        ("en-GB;q=0.3, da", "da"),
        ("en_US", "en"),
        ("en;q=0, da;q=0.1", "da"),
        ("*", "nb"),
        ("sv, en;q=0.4", "en"),
        ("en;q=nonsense", "nb"),
        ("en" * 5000, "nb"),
        ("\x00;;,,,=", "nb"),
    ],
)
def test_the_language_is_negotiated(header: str | None, language: str) -> None:
    assert negotiate(header) == language


def test_a_missing_fact_never_hurts() -> None:
    assert fill("Until {closes_at}, {left} left, {} and {0.__class__}.", {"left": 3}) == (
        "Until …, 3 left, {} and {0.__class__}."
    )


def _write(folder: Path, name: str, content: str) -> None:
    for language in LANGUAGES:
        (folder / language).mkdir(exist_ok=True)
        (folder / language / name).write_text(content, "utf-8")


def test_topics_are_files_and_keys_are_paths(tmp_path: Path) -> None:
    _write(tmp_path, "declaration.toml", 'title = "A {who}"\n[body]\nfirst = "B"\n"with.dot" = "C"\n')
    (tmp_path / "en" / "declaration.toml").write_text('title = "In English, {who}"\n', "utf-8")
    texts = Texts.read(tmp_path)
    assert texts.text("declaration", "title", "nn", who="word") == "A word"
    assert texts.text("declaration", "title", "en", who="word") == "In English, word"
    assert texts.text("declaration", "body.first", "en") == "B"
    with pytest.raises(KeyError):
        texts.text("declaration", "body", "nb")
    with pytest.raises(KeyError):
        texts.text("nowhere", "title", "nb")


def test_a_refusal_has_one_text(tmp_path: Path) -> None:
    table = '["a.b"]\ntitle = "t"\ndetail = "d"\nnext = "n"\n'
    _write(tmp_path, "one.toml", table)
    assert Texts.read(tmp_path).refusals["da"]["a.b"].title == "t"
    _write(tmp_path, "two.toml", table)
    with pytest.raises(ValueError, match=r"a\.b"):
        Texts.read(tmp_path)
