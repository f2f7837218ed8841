"""What somebody sees of what is held about them."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.domain.keeping.data_kind import SeenBy
from app.domain.keeping.retention import TERMS, Kept
from app.domain.shared.ids import OrganisationId
from app.services.ports.view import DESCRIBED


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldEntryView:
    """One entry, with all that it says of you."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    names: list[str]
    """What its values are called, as in the data inventory."""
    values: list[list[str]]
    """Its values, in the order of their names: none where nothing is held, several where it is a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldView:
    """What isn't in your copy, and why."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    name: str
    """What it is called, as in the data inventory."""
    reason: str
    """Why it isn't there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSectionView:
    """What is held of one sort: what for, how long, who sees it, and all of it."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    organisation_id: OrganisationId | None
    """The organisation that holds it; null for what is held outside every organisation."""
    name: str
    """The sort, as in the data inventory."""
    what: str
    """What an entry is."""
    why: str
    """What it is held for."""
    kept: Kept
    """How long, by its class of retention."""
    kept_days: int | None
    """At most so many days after what the class names; null where it is no number of days."""
    seen_by: list[SeenBy]
    """Who may see it."""
    entries: list[HeldEntryView]
    """All that is held about you."""
    withheld: list[WithheldView]
    """What of it isn't here, and why."""
    entries_about_others: int
    """In how many entries about others you had a part, as whoever held a conversation or wrote something down, say.
    They are those others' own, and not in your copy."""

    @staticmethod
    def days(kept: Kept) -> int | None:
        """The number of days of a class."""
        return TERMS[kept].days


@dataclass(frozen=True, slots=True, kw_only=True)
class MyDataView:
    """Everything that is held about you (GDPR art. 15 and 20), and nothing about anybody else."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    sections: list[HeldSectionView]
    """All of it: first what is held outside every organisation, then what each organisation holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadableDataView:
    """The same, to be read."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    language: str
    """The language that it is in."""
    text: str
    """The text, as Markdown in which nothing that was typed by anybody can look like more than words."""
