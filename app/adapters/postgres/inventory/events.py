"""What can be followed from outside."""

from app.adapters.postgres.inventory.held import held
from app.adapters.postgres.inventory.kinds import technical
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

held(
    "feed_event",
    what="an event that staff and systems may follow: a type and ids, about no person",
    why="so that other systems keep up without asking for everything again and again",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.OUTBOX,
    seen=(SeenBy.COORDINATOR, SeenBy.ADMINISTRATOR),
    columns=(technical("organisation_id", "id", "position", "type", "subject", "ids", "occurred_at"),),
)
held(
    "webhook",
    what="where an organisation's administrators, or a system of its, have events sent, with its sealed secrets",
    why="so that other systems hear of what happens without asking",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.WHILE_HERE,
    seen=(SeenBy.ADMINISTRATOR, SeenBy.SYSTEM),
    columns=(
        technical(
            "organisation_id", "id", "system_id", "url", "purpose", "types", "secrets_sealed", "overlap_until"
        ),
        technical(
            "position", "registered_at", "failing_since", "disabled_at", "disabled_because", "warned_at"
        ),
        technical("version"),
    ),
)
held(
    "webhook_delivery",
    what="an event on its way to a webhook: type and ids, when it was tried, and the status that was answered",
    why="so that it arrives, and whoever looks after the webhook can tell whether it has",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.OUTBOX,
    seen=(SeenBy.ADMINISTRATOR, SeenBy.SYSTEM),
    columns=(
        technical(
            "organisation_id", "webhook_id", "event_id", "number", "type", "subject", "ids", "occurred_at"
        ),
        technical("made_at", "state", "attempts", "attempts_before", "next_at", "last_at", "status"),
        technical("fault", "ended_at", "put_off_seconds"),
    ),
)
