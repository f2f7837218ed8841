"""People, their logins, and with whom they are registered."""

from app.adapters.postgres.inventory.held import Erased, about, held
from app.adapters.postgres.inventory.kinds import identity, membership, technical
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

held(
    "person",
    what="a human being who logs in",
    why="to greet them as they wish, in a language of theirs, and to know that they are of age",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.ACCOUNT,
    seen=(SeenBy.ONESELF,),
    of=(about("id"),),
    erased=Erased.GONE,
    columns=(
        identity(
            "id",
            "chosen_name",
            "chosen_name_sealed",
            "languages",
            "of_age_confirmed_at",
            "of_age_confirmed_by",
            "introduced_at",
        ),
        identity(
            "protected_at", "protected_by", why="so that nothing shown here locates or names them (P-h13)"
        ),
        technical("version"),
    ),
)
held(
    "identity",
    what="a login of a person: a pairwise subject, never a national id",
    why="to know them again when they log in",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.ACCOUNT,
    seen=(SeenBy.ONESELF,),
    of=(about("person_id"),),
    erased=Erased.GONE,
    columns=(identity("id", "person_id", "issuer", "subject", "linked_at"),),
)
held(
    "erasure",
    what="that somebody has just been erased: an id that leads nowhere, until their key and the ledger are seen to",
    why="so that an erasure is finished, also where a process was killed in the middle of it",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.ERASURE,
    seen=(SeenBy.NOBODY,),
    columns=(technical("person_id", "erased_at", "gone"),),
)
held(
    "affiliation",
    what="with which organisations a person has registered",
    why="to let them into these organisations, and into no other",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.ACCOUNT,
    seen=(SeenBy.ONESELF,),
    of=(about("person_id"),),
    erased=Erased.GONE,
    columns=(membership("person_id", "organisation_id", "since"),),
)
