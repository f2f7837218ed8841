"""What the service itself needs."""

from app.adapters.postgres.inventory.held import Erased, about, held
from app.adapters.postgres.inventory.kinds import technical
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

held(
    "outbox",
    what="an event that is still to be told: a type and ids",
    why="so that what has happened is told, once it is certain",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.OUTBOX,
    seen=(SeenBy.NOBODY,),
    of=(about("subject"), about("ids")),
    erased=Erased.GONE,
    columns=(technical("organisation_id", "id", "position", "type", "subject", "ids", "occurred_at"),),
)
held(
    "idempotency",
    what="an idempotency key that somebody has used, with the sealed answer",
    why="so that what is sent twice is done once",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.KEPT_ANSWER,
    seen=(SeenBy.NOBODY,),
    of=(about("person_id"),),
    erased=Erased.GONE,
    columns=(technical("person_id", "key_hash", "fingerprint", "answer", "created_at"),),
)
held(
    "shown_proof",
    what="the hash of a proof of possession that a client has shown, and when it may be forgotten",
    why="so that nobody can show it a second time",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.SHOWN_PROOF,
    seen=(SeenBy.NOBODY,),
    columns=(technical("digest", "forget_at"),),
)
held(
    "attempt",
    what="that somebody has tried a code, or an address a token that isn't good: a keyed hash, and when it is forgotten",
    why="so that nobody can guess, by whichever replica (P-h16)",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.ATTEMPT,
    seen=(SeenBy.NOBODY,),
    columns=(technical("who_hash", "whole_at"),),
)
