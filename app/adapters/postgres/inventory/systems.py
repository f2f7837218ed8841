"""Systems: nothing here is about a person."""

from app.adapters.postgres.inventory.held import held
from app.adapters.postgres.inventory.kinds import technical
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

held(
    "system_account",
    what="a system that an organisation lets in: which, for what, with which scopes, until when",
    why="so that no machine gets further than it was let",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.WHILE_HERE,
    seen=(SeenBy.ADMINISTRATOR, SeenBy.SYSTEM),
    columns=(
        technical("organisation_id", "id", "login_id", "name", "purpose", "consumer", "suppliers", "issuer"),
        technical("client_id", "scopes", "holds_from", "expires_at", "registered_at", "revoked_at"),
        technical("last_used_at", "version", "continued_by"),
    ),
)
