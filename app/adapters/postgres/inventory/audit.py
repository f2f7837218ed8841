"""The log of accesses and changes."""

from app.adapters.postgres.inventory.held import Erased, about, by, held
from app.adapters.postgres.inventory.kinds import access, technical
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

held(
    "audit_entry",
    what="that somebody has looked at what is held about somebody, or changed it: closed words, ids and a time",
    why="so that people see who has looked, and that it can be shown to whoever oversees us",
    basis=Basis.LEGAL_DUTY,
    kept=Kept.READING,
    seen=(SeenBy.ONESELF,),
    of=(about("subject_id"), by("actor_id")),
    # Nobody can edit an entry: the ids stay, and lead nowhere once the person is gone.
    erased=Erased.EVIDENCE,
    columns=(
        technical("organisation_id", "recorded_at", "request_id", "client"),
        access("id", "subject_id", "consumer", "supplier", "acting_as", "deed", "data", "purpose", "ended"),
        access("occurred_at"),
        access("row_id", withheld="an id of a row, for whoever oversees us"),
        access("actor_id", withheld="another person's id; who has looked is told by name"),
    ),
)
held(
    "audit_waiting",
    what="which entries no seal holds yet",
    why="so that each is sealed once, also one whose commit comes late",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.READING,
    seen=(SeenBy.NOBODY,),
    columns=(technical("organisation_id", "entry_id"),),
)
held(
    "audit_seal",
    what="the hashes of some entries, tied to the seal before; it stays when they have gone",
    why="so that nobody changes the log unseen",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.WHILE_HERE,
    seen=(SeenBy.NOBODY,),
    columns=(technical("number", "sealed_at", "entries", "leaves", "previous", "digest"),),
)
