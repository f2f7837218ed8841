"""The words of consents, from `app/content/`, behind the port that views use."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from app.adapters.words import canonical, known_language
from app.content.texts import LANGUAGES, Language, Texts
from app.domain.people.consent import ConsentText, Purpose


@dataclass(frozen=True, slots=True)
class _Words:
    text: ConsentText
    title: str
    paragraphs: tuple[str, ...]
    withdrawn: str


class ContentConsents:
    """`ConsentTexts` over the files of texts: read, checked and hashed once, at the start. Immutable after construction."""

    def __init__(self, texts: Texts | None = None) -> None:
        """Read `texts` (default: this installation's). `ValueError` where a language lacks the words of a purpose."""
        read = texts or Texts.load()
        self._words = {
            (purpose, language): _words(read, purpose, language)
            for purpose in Purpose
            for language in LANGUAGES
        }

    def consent(self, purpose: Purpose, language: str) -> ConsentText:
        """See the port."""
        return self._words[purpose, known_language(language)].text

    def consent_title(self, purpose: Purpose, language: str) -> str:
        """Its title."""
        return self._words[purpose, known_language(language)].title

    def consent_body(self, purpose: Purpose, language: str) -> tuple[str, ...]:
        """Its paragraphs, for reading."""
        return self._words[purpose, known_language(language)].paragraphs

    def after_withdrawal(self, purpose: Purpose, language: str) -> str:
        """See the port."""
        return self._words[purpose, known_language(language)].withdrawn


def _words(texts: Texts, purpose: Purpose, language: Language) -> _Words:
    content: Any = texts.topic("consents", language).get(purpose)
    try:
        version, title, withdrawn = content["version"], content["title"], content["withdrawn"]
        body = tuple(content["paragraphs"])
    except (KeyError, TypeError) as missing:
        raise ValueError(f"the consent to {purpose} is incomplete in {language}: {missing}") from missing
    digest = sha256(canonical(version, title, body).encode("utf-8")).hexdigest()
    text = ConsentText(purpose=purpose, version=version, language=language, sha256=digest)
    return _Words(text, title, body, withdrawn)
