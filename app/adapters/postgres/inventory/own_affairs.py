"""What a group settles for itself."""

from app.adapters.postgres.inventory.held import Erased, about, held
from app.adapters.postgres.inventory.kinds import group, membership, technical
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

held(
    "ground_rules",
    what="a draft of a group's ground rules",
    why="so that a group agrees on how it meets (G-15)",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.WHILE_HERE,
    seen=(SeenBy.GROUP,),
    columns=(
        group(
            "organisation_id", "id", "group_id", "drafted_at", "rhythm", "absence_channel", "absence_hours"
        ),
        group("refreshments", "breaks", "decision_rule", "points"),
    ),
)
held(
    "member_leave",
    what="a member's own leave; no reason, and nothing of earlier ones (B-05)",
    why="so that nobody waits for their vote",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.MEMBERSHIP,
    seen=(SeenBy.ONESELF, SeenBy.GROUP),
    of=(about("membership_id", via="membership"),),
    erased=Erased.GONE,
    columns=(technical("organisation_id"), membership("membership_id", "group_id", "starts_at", "ends_at")),
)
