"""A type of event, and who may know of such a thing at all."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from app.domain.shared.events import Event


class Known(StrEnum):
    """To whom what an event tells is known anyway. An event is told to nobody else, in no channel."""

    EVERYBODY = "everybody"
    """It is public: offers, policies."""
    COURSE_READERS = "course_readers"
    """Coordinators, and systems that may read courses."""
    COORDINATORS = "coordinators"
    """What coordinators see in their own lists; never what happens inside a group."""
    ADMINISTRATORS = "administrators"
    """What administrators look after."""
    COMPOSER = "composer"
    """Whoever composes a forming group, as long as it forms."""
    GROUP = "group"
    """The group alone."""
    CONCERNED = "concerned"
    """The one person that it is about, and whoever helps them with it."""


IN_THE_FEED = frozenset({Known.EVERYBODY, Known.COURSE_READERS, Known.COORDINATORS, Known.ADMINISTRATORS})
"""What can be followed from outside: it says nothing about one person, and nothing of what happens inside a group."""


class EventUnclear(ValueError):
    """An event that the catalogue doesn't know, or that carries what its type doesn't: a mistake of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One line of the catalogue."""

    name: str
    """Its CloudEvents type: `course.created`."""
    says: str
    """What has happened, in a sentence."""
    known: Known
    carries: tuple[str, ...]
    """What the ids that it carries stand for. There is nothing else in it."""

    @property
    def in_the_feed(self) -> bool:
        """Whether it can be followed from outside."""
        return self.known in IN_THE_FEED

    def admit(self, event: Event) -> None:
        """Refuse an event that carries more than its type does."""
        if not set(event.ids) <= set(self.carries):
            raise EventUnclear(event.type)


def told_to(types: Collection[EventType], knowing: Collection[Known]) -> list[str]:
    """The types that whoever knows these things may be told, by name."""
    return sorted(each.name for each in types if each.in_the_feed and each.known in knowing)
