"""The words that people read, from `app/content/`, behind the ports that views use.

Everything is read, checked and hashed once, at the start: a file that lacks a text stops the start, not a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from app.content.texts import LANGUAGES, Language, Texts
from app.domain.groups.declaration import DeclarationText
from app.domain.shared.errors import Invalid
from app.services.ports.texts import HelpView


@dataclass(frozen=True, slots=True)
class _Declaration:
    text: DeclarationText
    title: str
    paragraphs: tuple[str, ...]


class ContentWords:
    """`Words` and `DeclarationTexts` over the files of texts. Immutable after construction."""

    def __init__(self, texts: Texts | None = None) -> None:
        """Read `texts` (default: this installation's). `ValueError` where a language lacks what the ports promise."""
        self._texts = texts or Texts.load()
        self._declarations = {language: _declaration(self._texts, language) for language in LANGUAGES}
        self._other_help = {
            (country, language): tuple(_help(entry) for entry in entries)
            for language in LANGUAGES
            for country, entries in self._texts.topic("other_help", language).items()
        }

    def say(self, topic: str, key: str, language: str, **facts: str | int) -> str:
        """One text of a topic. `KeyError` for a text that isn't there, `Invalid` for a language that we don't have."""
        return self._texts.text(topic, key, known_language(language), **facts)

    def other_help(self, country: str, language: str) -> list[HelpView]:
        """Other ways to help in a country (NO, DK), the most urgent first."""
        return list(self._other_help[country, known_language(language)])

    def current(self, language: str) -> DeclarationText:
        """Version and hash of the declaration that holds now. `Invalid` for a language that it hasn't."""
        return self._declarations[known_language(language)].text

    def title(self, language: str) -> str:
        """Its title. `Invalid` for a language that it hasn't."""
        return self._declarations[known_language(language)].title

    def body(self, language: str) -> tuple[str, ...]:
        """Its paragraphs, for reading. `Invalid` for a language that it hasn't."""
        return self._declarations[known_language(language)].paragraphs


def canonical(version: str, title: str, paragraphs: tuple[str, ...]) -> str:
    """What exactly is hashed: version, title and paragraphs, joined by blank lines. Anybody can compute it again."""
    return "\n\n".join((version, title, *paragraphs))


def known_language(language: str) -> Language:
    """The language, as one of ours; `Invalid` where it is none."""
    for known in LANGUAGES:
        if known == language:
            return known
    raise Invalid("/language")


def _declaration(texts: Texts, language: Language) -> _Declaration:
    content = texts.topic("declaration", language)
    version, title = content.get("version"), content.get("title")
    paragraphs = content.get("paragraphs")
    if not (
        isinstance(version, str) and isinstance(title, str) and isinstance(paragraphs, list) and paragraphs
    ):
        raise ValueError(f"the declaration lacks version, title or paragraphs in {language}")
    body = tuple(str(paragraph) for paragraph in paragraphs)
    digest = sha256(canonical(version, title, body).encode("utf-8")).hexdigest()
    return _Declaration(DeclarationText(version=version, language=language, sha256=digest), title, body)


def _help(entry: Mapping[str, Any]) -> HelpView:
    try:
        return HelpView(
            key=entry["key"],
            name=entry["name"],
            description=entry["description"],
            phone=entry.get("phone"),
            url=entry.get("url"),
        )
    except KeyError as missing:
        raise ValueError(f"an entry of other help lacks {missing}") from missing
