"""What people have consented to, and how they can be reached for it."""

from app.adapters.postgres.inventory.held import Erased, about, held
from app.adapters.postgres.inventory.kinds import contact, membership, technical
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

held(
    "consent",
    what="a consent to one purpose, which is its own receipt",
    why="to know what may be done, and to be able to show it (art. 7(1))",
    basis=Basis.LEGAL_DUTY,
    kept=Kept.ACCOUNT,
    seen=(SeenBy.ONESELF,),
    of=(about("person_id"),),
    erased=Erased.GONE,
    columns=(
        technical("organisation_id"),
        membership("id", "person_id", "purpose", "data_classes", "text_version", "language", "text_sha256"),
        membership("method", "given_at", "withdrawn_at"),
    ),
)
held(
    "contact",
    what="a way of reaching somebody, sealed; gone with the last consent that it is kept for",
    why="to reach them about what they have consented to, and about nothing else",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.ACCOUNT,
    seen=(SeenBy.ONESELF, SeenBy.INTERVIEWER, SeenBy.COORDINATOR),
    of=(about("person_id"),),
    erased=Erased.GONE,
    columns=(
        technical("organisation_id"),
        contact("id", "person_id", "kind", "kept_at"),
        contact("sealed", sealed="contact.{kind}", sealed_for="id"),
    ),
)
