"""The convenors: those who invite to a first meeting where there is no starter. With that meeting the duty ends (M-12).

It is the one thing that ever tells one member from another, and the clock takes it away: no job has to run.
"""

from dataclasses import dataclass
from datetime import datetime

from app.domain.groups.group import Group, Origin
from app.domain.shared.errors import DomainError, Kind


class OnlyConvenors(DomainError):
    """Until the first meeting those who invite to it compose the group and say when and where; then everybody does."""

    kind, code, rules = Kind.FORBIDDEN, "groups.only_convenors", ("M-12", "G-23")


class StarterHelps(DomainError):
    """A starter helps this group at its start, so nobody else has to invite to the first meeting."""

    kind, code, rules = Kind.CONFLICT, "groups.starter_helps", ("G-22", "M-12")


class NotANationalBody(DomainError):
    """A group that stands alone is kept by the national body of its country; this organisation isn't one."""

    kind, code, rules = Kind.CONFLICT, "groups.not_a_national_body", ("G-23",)


class StandsAlone(DomainError):
    """A group that people have begun themselves has no organisation that could send a starter."""

    kind, code, rules = Kind.CONFLICT, "groups.stands_alone", ("G-22", "G-23")


class PlaceNotAccepted(DomainError):
    """Only who has accepted a place can take part in anything here."""

    kind, code, rules = Kind.CONFLICT, "groups.place_not_accepted", ("A-07", "M-12")


@dataclass(frozen=True, slots=True, kw_only=True)
class Convening:
    """What is known about the duty in a group, seen from one of its members."""

    named: bool
    """Whether this member is one of those who invite."""
    anybody_named: bool
    """Whether anyone who still is in the group was named."""
    first_meeting_ends_at: datetime | None
    """Planned end of the first meeting; None as long as none is fixed."""


def convenes(group: Group, duty: Convening, now: datetime) -> bool:
    """Whether this member has the convenor's duty now (half-open: not any more at the end of the first meeting).

    A group that stands alone and whose convenors have all left would be stuck: there the duty is everybody's.
    """
    if group.starter_helps or (duty.first_meeting_ends_at is not None and duty.first_meeting_ends_at <= now):
        return False
    return duty.named or (group.origin is Origin.STAND_ALONE and not duty.anybody_named)
