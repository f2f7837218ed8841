"""Who may help a group to start, by what ties them to it (G-02, I-12, V-09, V-16)."""

from dataclasses import dataclass

from app.domain.starters.errors import EnoughStarters, IntakeConflict, NotForThisGroup

MOST_AT_ONCE = 2
"""Starters of a group at a time (V-09)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """What ties a person to a group, as far as it bears on their helping it."""

    is_or_was_member: bool
    applies: bool
    """An application of theirs stands."""
    is_invited: bool
    """An invitation of theirs into the forming group stands, answered with yes or not answered."""
    has_helped: bool
    """They are or were its starter: nobody stays longer by being assigned anew."""
    held_intake: bool
    """They held or are to hold the intake conversation of somebody who has, is offered or waits for a place there (V-16).

    Once the group has met: of anybody at all. Who is in it then, an answer must not tell whoever asks.
    """


def require_may_help(ties: Ties, *, conflict_acknowledged: bool, active: int) -> None:
    """Refuse a starter for this group (G-02, I-12, X-10, V-09, V-16, S-h8)."""
    if ties.is_or_was_member or ties.applies or ties.is_invited or ties.has_helped:
        raise NotForThisGroup
    if active >= MOST_AT_ONCE:
        raise EnoughStarters
    if ties.held_intake and not conflict_acknowledged:
        raise IntakeConflict
