"""Read the declaration of confidentiality."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.domain.shared.actor import Actor
from app.services.ports.texts import DeclarationTexts
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationTextView:
    """The declaration of confidentiality that holds now: what you put your name under."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    version: str
    """Version of the text; send it back when you sign."""
    language: str
    """Language of the text; send it back when you sign."""
    sha256: str
    """Hash of the exact text; send it back when you sign: nobody is bound by words that they haven't read."""
    title: str
    """Its title."""
    paragraphs: list[str]
    """Its paragraphs. A moral and ethical promise, not a legal instrument (C-05)."""


@dataclass(frozen=True, slots=True)
class ReadDeclaration:
    """Read the declaration of confidentiality in a language, before signing it (C-02 to C-06). Public."""

    texts: DeclarationTexts

    async def __call__(self, actor: Actor, language: str | None = None) -> DeclarationTextView:
        text = self.texts.current(language or actor.mark.language)
        return DeclarationTextView(
            version=text.version,
            language=text.language,
            sha256=text.sha256,
            title=self.texts.title(text.language),
            paragraphs=list(self.texts.body(text.language)),
        )
