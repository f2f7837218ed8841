"""The outbox: events wait here, in the transaction that made them, until somebody tells them."""

from app.adapters.postgres.statements import inserting
from app.adapters.postgres.tables import columns as col
from app.adapters.postgres.tables.system import OutboxRow

ADD_EVENT = inserting(col.table_of(OutboxRow), without=("position",))
