"""Figures that were published."""

from app.adapters.postgres.inventory.held import held
from app.adapters.postgres.inventory.kinds import public
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

held(
    "published_statistics",
    what="what was published of a quarter; nobody can be found in it (O-06)",
    why="so that an organisation can tell what it has come to, and what it has told never changes",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.WHILE_HERE,
    seen=(SeenBy.COORDINATOR, SeenBy.ADMINISTRATOR),
    columns=(public("organisation_id", "period", "figures", "published_at"),),
)
