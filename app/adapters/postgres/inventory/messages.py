"""Messages to people: how they want them, and that some were sent. What they say isn't held: it says the same to all."""

from app.adapters.postgres.inventory.held import Erased, about, held
from app.adapters.postgres.inventory.kinds import contact, membership, technical
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

held(
    "message_setting",
    what="in which language and at which hours somebody wants messages",
    why="so that messages come as their reader wants them",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.ACCOUNT,
    seen=(SeenBy.ONESELF,),
    of=(about("person_id"),),
    erased=Erased.GONE,
    columns=(
        technical("organisation_id"),
        technical("look_at", why="when it is looked again whether there is something to tell"),
        contact("person_id", "language", "time_zone", "quiet_from", "quiet_until"),
    ),
)
held(
    "message_choice",
    what="that somebody has chosen a kind of messages; gone when they take it back",
    why="to send what was asked for, and nothing else",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.ACCOUNT,
    seen=(SeenBy.ONESELF,),
    of=(about("person_id"),),
    erased=Erased.GONE,
    columns=(technical("organisation_id"), contact("person_id", "kind", "chosen_at")),
)
held(
    "message",
    what="that a message of a kind was sent, or is being sent: to whom, about which id, when; nothing of what it says",
    why="so that nothing is told twice or lost, and its reader finds what it was about",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.MESSAGE,
    seen=(SeenBy.ONESELF,),
    of=(about("person_id"),),
    erased=Erased.GONE,
    columns=(
        technical("organisation_id", "attempts", "try_at"),
        membership("id", "person_id", "kind", "subject_id", "due_at", "until", "sent_at", "refused_at"),
    ),
)
