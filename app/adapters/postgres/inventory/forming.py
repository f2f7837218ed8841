"""Forming groups: who invites to the first meeting, and who waits for a place."""

from app.adapters.postgres.inventory.held import Erased, about, held
from app.adapters.postgres.inventory.kinds import identity, membership, technical
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

held(
    "convenor",
    what="that a member invites to the first meeting (M-12)",
    why="so that somebody does",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.MEMBERSHIP,
    seen=(SeenBy.ONESELF, SeenBy.GROUP),
    of=(about("membership_id", via="membership"),),
    erased=Erased.GONE,
    columns=(technical("organisation_id"), membership("group_id", "membership_id", "named_at")),
)
held(
    "waiting",
    what="that somebody has asked for a place in a forming group",
    why="so that they can be answered",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.WAITING,
    seen=(SeenBy.ONESELF, SeenBy.COORDINATOR, SeenBy.GROUP),
    of=(about("person_id"),),
    erased=Erased.GONE,
    columns=(
        technical("organisation_id"),
        membership("group_id", "person_id", "asked_at"),
        identity("alias"),
    ),
)
