"""Ports: the words that people read, where a view carries them."""

from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from app.domain.groups.declaration import DeclarationText


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpView:
    """Another way to help, for whoever needs one now."""

    __pydantic_config__: ClassVar[Any] = {"use_attribute_docstrings": True}

    key: str
    """Stable name of the entry."""
    name: str
    """What it is called."""
    description: str
    """What one gets there, in the reader's language."""
    phone: str | None
    """Number to call, if it has one."""
    url: str | None
    """Where to read more, if there is such a place."""


class DeclarationTexts(Protocol):
    """The declaration of confidentiality that holds now, by language (nb, nn, da, en)."""

    def current(self, language: str) -> DeclarationText:
        """Version and hash of the text in this language; `Invalid` for a language that it hasn't."""

    def title(self, language: str) -> str:
        """Its title."""

    def body(self, language: str) -> tuple[str, ...]:
        """Its paragraphs, for reading."""


class Words(Protocol):
    """Short texts that views carry, in the reader's language."""

    def say(self, topic: str, key: str, language: str, **facts: str | int) -> str:
        """One text of a topic of `app/content/`, with its `{placeholders}` filled in."""

    def other_help(self, country: str, language: str) -> list[HelpView]:
        """Other ways to help in this country."""
