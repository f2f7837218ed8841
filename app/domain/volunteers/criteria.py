"""What a conversation with a new volunteer looks for (V-01, V-03), by version. The words stand in `app/content/`.

An organisation holds its conversations by the shipped set, or by a version of its own: another choice of the same
qualities. An entry is judged by the version that held when its conversation took place, and names it for good.

None of it is an occupation, a profession or an education (V-02).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.shared.ids import OrganisationId
from app.domain.volunteers.errors import EntryDoesNotFit, QualitiesMissing, QualityNeeded

CRITERIA_VERSION = "1"
"""The version that we ship."""

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "1": ("listens", "meets_as_equal", "steps_back", "keeps_confidence"),
}
"""Qualities that somebody who is found suited shows (V-03)."""

WELCOME: Mapping[str, tuple[str, ...]] = {
    "1": ("knows_self_help", "keeps_frames", "keeps_roles_apart"),
}
"""Qualities that are noted where they are seen, and can grow in the training (V-08, V-16, V-19)."""

PROMPTS: Mapping[str, tuple[str, ...]] = {
    "not_the_strong_one": ("V-13",),
    "not_the_expert": ("V-14",),
    "together_not_responsible": ("V-15",),
    "two_roles": ("V-12", "V-16"),
    "not_the_leading_part": ("V-18",),
    "frames": ("V-19", "V-20"),
    "time_to_reflect": ("V-11",),
    "two_together": ("V-09",),
    "before_the_first_meeting": ("V-17",),
}
"""What the conversation can bring up, and the advice behind it. Shown, never a condition."""


class QualityKey(StrEnum):
    """A quality that can be looked for. We ship them all; an organisation chooses among them, and adds none (V-02)."""

    LISTENS = "listens"
    MEETS_AS_EQUAL = "meets_as_equal"
    STEPS_BACK = "steps_back"
    KEEPS_CONFIDENCE = "keeps_confidence"
    KNOWS_SELF_HELP = "knows_self_help"
    KEEPS_FRAMES = "keeps_frames"
    KEEPS_ROLES_APART = "keeps_roles_apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerCriteria:
    """One version of the criteria by which an organisation holds its conversations with new volunteers."""

    organisation_id: OrganisationId
    version: int
    """`SHIPPED_VERSION` is the shipped set. An entry names the version in words (`name`)."""
    required: tuple[QualityKey, ...]
    """What somebody who is found suited shows (V-03)."""
    welcome: tuple[QualityKey, ...]
    """What is noted where it is seen, and can grow."""
    adopted_at: datetime

    def __post_init__(self) -> None:
        if not self.required:
            raise QualityNeeded("/required")
        if len(set(self.qualities)) != len(self.qualities):
            raise QualityNeeded("/welcome")

    @property
    def name(self) -> str:
        """By what entries name it."""
        return str(self.version)

    @property
    def qualities(self) -> tuple[QualityKey, ...]:
        """All of them, those first that are asked for."""
        return (*self.required, *self.welcome)

    def require_assessed(self, seen: Collection[str], suited: bool) -> None:
        """Refuse qualities that these criteria don't look for, and `suited` without those that they ask for (V-03)."""
        if not set(seen) <= set(self.qualities):
            raise EntryDoesNotFit("/qualities")
        if suited and not set(self.required) <= set(seen):
            raise QualitiesMissing("/qualities")


SHIPPED_VERSION = int(CRITERIA_VERSION)


def shipped(organisation: OrganisationId, since: datetime) -> VolunteerCriteria:
    """What holds where nothing else was adopted."""
    return VolunteerCriteria(
        organisation_id=organisation,
        version=SHIPPED_VERSION,
        required=tuple(QualityKey(each) for each in REQUIRED[CRITERIA_VERSION]),
        welcome=tuple(QualityKey(each) for each in WELCOME[CRITERIA_VERSION]),
        adopted_at=since,
    )
