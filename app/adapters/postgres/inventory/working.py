"""What workers share."""

from app.adapters.postgres.inventory.held import held
from app.adapters.postgres.inventory.kinds import technical
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

held(
    "duty_turn",
    what="when a duty of the worker's may next be done",
    why="so that of several workers one does it",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.WHILE_HERE,
    seen=(SeenBy.NOBODY,),
    columns=(technical("name", "due_at"),),
)
held(
    "due_work",
    what="that something in an organisation has work for the worker: its kind, an id, times; about no person",
    why="so that a worker finds what is due without looking into every organisation",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.WHILE_HERE,
    seen=(SeenBy.NOBODY,),
    columns=(technical("organisation_id", "kind", "subject", "due_at", "taken_until", "waiting_since"),),
)
