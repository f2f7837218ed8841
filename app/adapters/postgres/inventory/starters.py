"""Starters: their assignments, every version of their exit, visits, and what they write before the first meeting."""

from app.adapters.postgres.inventory.held import Erased, about, held
from app.adapters.postgres.inventory.kinds import confided, duty, technical
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

_SEEN = (SeenBy.ONESELF, SeenBy.GROUP, SeenBy.COORDINATOR)
_GROUP = "of a group, nothing is left to a starter after the exit (X-10)"
_OF = (about("assignment_id", via="starter_assignment"),)

held(
    "starter_assignment",
    what="one starter's help for one group; without a person after an erasure, the dates stay (S-h12)",
    why="so that the exit is fixed from the start (X-01)",
    basis=Basis.AGREEMENT,
    kept=Kept.MEMBERSHIP,
    seen=_SEEN,
    of=(about("person_id"),),
    erased=Erased.UNLINKED,
    columns=(
        technical("organisation_id", "policy_version"),
        duty("id", "person_id", "line_id", "assigned_at", "counts_from", "ceiling_meetings"),
        duty("ceiling_until", "replaces_id", "follow_up_on"),
        duty("group_id", withheld=_GROUP),
        duty("conflict_acknowledged", withheld="it would tell of somebody else"),
    ),
)
held(
    "exit_version",
    what="one version of an exit; it names a party, never a person",
    why="so that everybody can see when a starter goes (X-04)",
    basis=Basis.AGREEMENT,
    kept=Kept.MEMBERSHIP,
    seen=_SEEN,
    of=_OF,
    erased=Erased.UNLINKED,
    columns=(
        technical("organisation_id", "number"),
        duty("assignment_id", "line_id", "step", "by", "latest_date", "until", "max_meetings"),
        duty("recorded_at", "ballot_id"),
        duty("group_id", withheld=_GROUP),
    ),
)
held(
    "starter_visit",
    what="a group's invitation to one meeting (X-07)",
    why="so that a starter comes back by invitation alone",
    basis=Basis.AGREEMENT,
    kept=Kept.MEMBERSHIP,
    seen=(SeenBy.ONESELF, SeenBy.GROUP),
    of=_OF,
    erased=Erased.UNLINKED,
    columns=(
        technical("organisation_id"),
        duty("id", "assignment_id", "invited_at", "withdrawn_at"),
        duty("group_id", "meeting_id", withheld=_GROUP),
    ),
)
held(
    "starter_message",
    what="a few words of a starter before the first meeting (V-17)",
    why="so that people know where to come",
    basis=Basis.AGREEMENT,
    kept=Kept.RELAY,
    seen=(SeenBy.ONESELF, SeenBy.GROUP),
    of=_OF,
    erased=Erased.GONE,
    columns=(
        technical("organisation_id"),
        confided("id", "assignment_id", "words", "words_sealed", "written_at"),
        duty("group_id", withheld=_GROUP),
    ),
)
