"""Addresses of calendars: that there are some, never what stands in them."""

from app.adapters.postgres.inventory.held import Erased, about, held
from app.adapters.postgres.inventory.kinds import identity, membership, technical
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

held(
    "calendar_address",
    what="that a person has an address for a calendar of theirs: of which group, since when",
    why="so that a calendar ends with what it was made for, and its person can tell whether there is one",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.ACCOUNT,
    seen=(SeenBy.ONESELF,),
    of=(about("person_id"),),
    erased=Erased.GONE,
    columns=(
        membership("person_id", "group_id", "bound_to", "made_at"),
        technical("key_id", why="a hash of what stands in the address"),
    ),
)
held(
    "calendar_key",
    what="whose calendar an address opens; it comes and goes with the row above",
    why="so that a program that shows the address finds the calendar and nothing else",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.ACCOUNT,
    seen=(SeenBy.NOBODY,),
    of=(about("person_id"),),
    erased=Erased.GONE,
    columns=(
        technical("id", why="a hash of what stands in the address"),
        identity("person_id", withheld="it is in the copy with the row above"),
    ),
)
