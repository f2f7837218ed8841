"""The agenda: what each kind of meeting is for, item by item, with the rules behind it.

What an item is called stands in `app/content/<language>/agendas.toml`, by its key. The group arranges the agenda of a
meeting as it likes, but for what can't be removed: signing the declaration (M-08), and what the starter is there for
and when they withdraw (X-04). An item is a title and some minutes; there is nowhere to write what was said (C-09).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.meetings.errors import AgendaItemStays
from app.domain.meetings.meeting import MeetingKind, StarterAt
from app.domain.shared.errors import Invalid


@dataclass(frozen=True, slots=True)
class Item:
    """One item as we propose it."""

    key: str
    """Name of its words."""
    minutes: int
    """Suggested; the group decides."""
    rules: tuple[str, ...]
    sources: tuple[str, ...]
    """Keys of the sources that it rests on (S0 to S4)."""
    removable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One item as the group has arranged it: one of ours by its key, or one of its own by its title."""

    key: str | None
    title: str | None
    minutes: int

    def __post_init__(self) -> None:
        if (self.key is None) == (self.title is None):
            raise Invalid("/items")


BREAK = Item("break", 10, ("M-13", "M-20", "M-21"), ("S1", "S2"))
CLOSING = Item("closing", 5, ("M-14",), ("S2",))
SIGNING = Item("signing", 10, ("M-08", "C-01", "C-02"), ("S1", "S4"), removable=False)
STARTERS_ROLE = Item("starters_role", 10, ("X-04", "X-11", "G-02"), ("S2", "S4"), removable=False)
FRAMES = Item("frames", 15, ("M-13", "N-02", "M-20"), ("S2",))
PRESENTATION = Item("presentation", 15, ("M-07",), ("S2",))
EXPECTATIONS = Item("expectations", 20, ("M-07",), ("S2",))
GETTING_TO_KNOW = Item("getting_to_know", 15, ("M-07",), ("S2",))
WAY_FORWARD_ALONE = Item("way_forward_alone", 25, ("X-09", "M-10"), ("S4",))
FOLLOW_UP = Item("follow_up", 10, ("X-08", "M-10"), ("S4",))

TEMPLATES: dict[MeetingKind, tuple[Item, ...]] = {
    MeetingKind.FIRST_WITH_STARTER: (
        STARTERS_ROLE,
        PRESENTATION,
        EXPECTATIONS,
        FRAMES,
        SIGNING,
        BREAK,
        Item("use_of_group", 10, ("M-07",), ("S2",)),
        Item("principles", 10, ("M-07", "G-26"), ("S1", "S2")),
        GETTING_TO_KNOW,
        CLOSING,
    ),
    MeetingKind.FIRST_WITHOUT_STARTER: (
        Item("shared_responsibility", 5, ("M-12", "G-04"), ("S1",)),
        PRESENTATION,
        Item("frames_and_principles", 25, ("M-11",), ("S4",)),
        FRAMES,
        SIGNING,
        BREAK,
        EXPECTATIONS,
        GETTING_TO_KNOW,
        CLOSING,
    ),
    MeetingKind.SECOND: (
        Item("since_last", 20, ("M-09",), ("S2",)),
        Item("here_and_now", 30, ("M-09", "M-15"), ("S0", "S2")),
        Item("principles_again", 10, ("M-09",), ("S2",)),
        BREAK,
        Item("way_forward", 25, ("M-09",), ("S2",)),
        CLOSING,
    ),
    MeetingKind.LAST_WITH_STARTER: (
        Item("here_and_now", 30, ("M-15", "M-16"), ("S0", "S2")),
        WAY_FORWARD_ALONE,
        BREAK,
        FOLLOW_UP,
        Item("starter_available", 10, ("X-07", "M-10"), ("S4",)),
        Item("farewell", 15, ("X-12", "X-13", "M-10"), ("S4",)),
        CLOSING,
    ),
    MeetingKind.NEW_GENERATION: (
        PRESENTATION,
        SIGNING,
        Item("ground_rules", 20, ("A-05", "G-15"), ("S0", "S4")),
        FRAMES,
        BREAK,
        GETTING_TO_KNOW,
        Item("here_and_now", 25, ("M-15", "M-16"), ("S0", "S2")),
        CLOSING,
    ),
    MeetingKind.ORDINARY: (
        Item("opening_round", 10, ("M-15",), ("S0",)),
        Item("rounds", 70, ("M-15", "M-16", "M-21"), ("S0", "S2")),
        BREAK,
        Item("closing_round", 15, ("M-15",), ("S0", "S2")),
        CLOSING,
    ),
}
STARTERS_STAY = Item("starters_stay", 15, ("X-05", "M-09"), ("S2",))


def template(kind: MeetingKind, starter: StarterAt = StarterAt.NONE) -> tuple[Item, ...]:
    """What we propose for a meeting. With a starter the second has a word about their stay (X-05); where the last one
    with a starter is another kind of meeting, too, it still looks ahead (X-08, X-09)."""
    *items, closing = TEMPLATES[kind]
    if kind is MeetingKind.SECOND and starter is not StarterAt.NONE:
        items.append(STARTERS_STAY)
    if starter is StarterAt.LAST and kind is not MeetingKind.LAST_WITH_STARTER:
        items += [WAY_FORWARD_ALONE, FOLLOW_UP]
    return (*items, closing)


def every_key() -> set[str]:
    """The keys of all items, for whoever keeps their words."""
    return {item.key for items in TEMPLATES.values() for item in items} | {STARTERS_STAY.key}


def require_arranged(chosen: Sequence[Chosen], proposed: Iterable[Item]) -> None:
    """Refuse an arrangement without what can't be removed, with an item twice, or with one that isn't known."""
    ours = {item.key: item for item in proposed}
    taken = [item.key for item in chosen if item.key is not None]
    for place, item in enumerate(chosen):
        if item.key is not None and (item.key not in ours or taken.count(item.key) > 1):
            raise Invalid(f"/items/{place}/key")
    missing = [key for key, item in ours.items() if not item.removable and key not in taken]
    if missing:
        raise AgendaItemStays("/items")


def arranged(chosen: Sequence[Chosen] | None, proposed: Sequence[Item]) -> list[Chosen]:
    """The agenda as it stands: as the group has arranged it, or as we propose it.

    Where the meeting has become one for something else since (somebody new has come in, say), what it is for now comes
    first and the group's own items stay; what can't be removed is there in any case.
    """
    ours = {item.key for item in proposed}
    fixed = {item.key for item in proposed if not item.removable}
    mine = [] if chosen is None else list(chosen)
    keys = {item.key for item in mine if item.key is not None}
    if chosen is not None and keys <= ours and fixed <= keys:
        return mine
    own = [item for item in mine if item.title is not None]
    *before, last = [Chosen(key=item.key, title=None, minutes=item.minutes) for item in proposed]
    return [*before, *own, last]
