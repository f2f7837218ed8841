"""Meetings; nothing of what is said in them (C-09)."""

from app.adapters.postgres.inventory.held import Erased, about, held
from app.adapters.postgres.inventory.kinds import group, membership, technical
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

_GROUP = (SeenBy.GROUP, SeenBy.STARTER)

held(
    "meeting",
    what="one gathering of a group",
    why="so that people know when and where",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.WHILE_HERE,
    seen=_GROUP,
    columns=(
        group("organisation_id", "id", "group_id", "starts_at", "minutes", "place", "place_type", "slot_at"),
        group("apart_at", "replaced_at", "cancelled_at", "not_held_at", "moved_at"),
        technical("version"),
    ),
)
held(
    "meeting_series",
    what="the rhythm of a group",
    why="so that its meetings can be written ahead",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.WHILE_HERE,
    seen=_GROUP,
    columns=(
        group(
            "organisation_id", "group_id", "first_local", "time_zone", "weekly_meetings", "then_every_weeks"
        ),
        group("until", "minutes", "place", "place_type", "planned_until", "ended_at"),
        technical("version"),
    ),
)
held(
    "meeting_agenda",
    what="the agenda of a meeting as its group has arranged it",
    why="so that everybody knows what comes",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.WHILE_HERE,
    seen=_GROUP,
    columns=(group("organisation_id", "meeting_id", "items"), technical("version")),
)
held(
    "absence_notice",
    what="somebody's own word that they can't come; no reason (N-01)",
    why="so that nobody waits for them",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.PRESENCE,
    seen=(SeenBy.ONESELF, SeenBy.GROUP),
    of=(about("membership_id", via="membership"),),
    erased=Erased.GONE,
    columns=(
        technical("organisation_id"),
        membership("meeting_id", "membership_id", "group_id", "noticed_at"),
    ),
)
held(
    "attendance",
    what="who was there: for the group alone, and gone with the generation (M-h5)",
    why="so that a group can see to those who weren't",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.PRESENCE,
    seen=(SeenBy.ONESELF, SeenBy.GROUP),
    of=(about("membership_id", via="membership"),),
    erased=Erased.GONE,
    columns=(technical("organisation_id"), membership("meeting_id", "membership_id", "group_id")),
)
