"""What a conversation with a new volunteer looks for (V-01, V-03), by version. The words stand in `app/content/`.

None of it is an occupation, a profession or an education (V-02).
"""

from collections.abc import Collection, Mapping

from app.domain.volunteers.errors import EntryDoesNotFit, QualitiesMissing

CRITERIA_VERSION = "1"
"""The version by which conversations are held now. Earlier ones stay: an entry is read by the version it was made by."""

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


def qualities(version: str) -> tuple[str, ...]:
    """All qualities of a version, those first that are asked for; `EntryDoesNotFit` for a version we don't have."""
    if version not in REQUIRED:
        raise EntryDoesNotFit("/criteria_version")
    return (*REQUIRED[version], *WELCOME[version])


def require_assessed(version: str, seen: Collection[str], suited: bool) -> None:
    """Refuse qualities that the criteria don't know, and `suited` without those that they ask for (V-03)."""
    if not set(seen) <= set(qualities(version)):
        raise EntryDoesNotFit("/qualities")
    if suited and not set(REQUIRED[version]) <= set(seen):
        raise QualitiesMissing("/qualities")
