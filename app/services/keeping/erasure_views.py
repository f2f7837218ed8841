"""What somebody is told of an erasure: before it, and after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.domain.keeping.erasure import Erased
from app.domain.shared.ids import OrganisationId
from app.services.ports.texts import Words
from app.services.ports.view import DESCRIBED

STEPS = ("groups", "votes", "applications", "helping", "staff", "others", "answers", "backups", "login")
"""What is told of it in sentences, in this order (`[erasure_steps]` in `app/content/*/keeping.toml`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasedSortView:
    """What becomes of one sort of what is held about you."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    name: str
    """The sort, as in the data inventory."""
    words: str
    """The same in your language."""
    becomes: Erased
    """What becomes of it."""
    why: str
    """The same in your language, and why."""
    entries: int
    """How many entries."""

    @staticmethod
    def of(name: str, becomes: Erased, entries: int, words: Words, language: str) -> "ErasedSortView":
        """In the reader's language."""
        return ErasedSortView(
            name=name,
            words=words.say("keeping", f"tables.{name}", language),
            becomes=becomes,
            why=words.say("keeping", f"erasure.{becomes.value}", language),
            entries=entries,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasurePlanView:
    """What will go and what will stay if you have yourself erased. Nothing has happened yet."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    sorts: list[ErasedSortView]
    """What is held about you, each sort with what becomes of it."""
    sentences: list[str]
    """What happens in your groups and elsewhere, in your language."""
    last_administrator_of: list[OrganisationId]
    """Organisations that have no other administrator: hand over first, or nobody can see to them."""
    confirmation: str
    """Repeat this word when you ask for it: there is no way back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureView:
    """What has gone and what has stayed. Keep this: afterwards nobody can say who you were."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    erased_at: datetime | None
    """When; null where nothing was held about whoever asks."""
    sorts: list[ErasedSortView]
    """What was held, each sort with what has become of it, and how many entries."""
    verified: bool
    """Whether every column of the database was looked through for you before it was committed, and nothing found that
    should have gone. There is no erasure without."""
    message: str
    """The same in a sentence, in your language."""

    @staticmethod
    def nothing(words: Words, language: str) -> "ErasureView":
        """For a login that nothing is held of."""
        return ErasureView(
            erased_at=None, sorts=[], verified=True, message=words.say("keeping", "erasure_nothing", language)
        )


def told(words: Words, language: str) -> list[str]:
    """What happens, in sentences."""
    return [words.say("keeping", f"erasure_steps.{step}", language) for step in STEPS]


def in_order(sorts: Iterable[ErasedSortView]) -> list[ErasedSortView]:
    """What goes, then what stays."""
    order = list(Erased)
    return sorted(sorts, key=lambda each: (order.index(each.becomes), each.name))
