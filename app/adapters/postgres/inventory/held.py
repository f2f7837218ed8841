"""How a table says what it holds: one line for each kind of column, whose it is, why, on what ground, for how long.

held(
    "my_table",
    what="one sentence: what a row is",
    why="for what purpose it is held",
    basis=Basis.EXPLICIT_CONSENT, kept=Kept.ACCOUNT, seen=(SeenBy.ONESELF,),
    of=(about("person_id"),), erased=Erased.GONE,
    columns=(technical("organisation_id"), confided("words", "theme"), membership("since")),
)
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.keeping.data_kind import PERSONAL, Basis, DataKind, SeenBy
from app.domain.keeping.erasure import Erased
from app.domain.keeping.retention import Kept

__all__ = ["INVENTORY", "Columns", "Erased", "Held", "Part", "Ref", "about", "by", "held"]


class Part(StrEnum):
    """What somebody has to do with a row."""

    ABOUT = "about"
    """It is about them: they get a copy of it."""
    BY = "by"
    """They did it, in somebody's affairs or for the organisation: they get to know when, and nothing of the other."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A column that leads to a person: it holds their id, or the id of a row of `via` that is about them."""

    column: str
    part: Part
    via: str | None = None
    stays: bool = False
    """Whether the id stays after an erasure, leading nowhere: somebody else's row, which nobody changes for it."""


def about(column: str, *, via: str | None = None) -> Ref:
    """The row is about this person; `via`: the column points at a row of that table, which is about them."""
    return Ref(column, Part.ABOUT, via)


def by(column: str, *, via: str | None = None, stays: bool = True) -> Ref:
    """This person has done something here that is about somebody else, or about nobody. After their erasure their id stays
    here, and leads nowhere; not so where it would stand for a person still to come (`stays=False`)."""
    return Ref(column, Part.BY, via, stays)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Columns of one kind; what is said here of some of them goes before what their table says."""

    kind: DataKind
    names: tuple[str, ...]
    why: str | None = None
    basis: Basis | None = None
    kept: Kept | None = None
    seen: tuple[SeenBy, ...] | None = None
    withheld: str | None = None
    """Why the person's copy goes without it; None: it is in the copy."""
    sealed: str | None = None
    """For what purpose the vault has sealed it, with `{names}` of other columns of the row; None: it isn't sealed."""
    sealed_for: str = "person_id"
    """The column with the id that it is sealed for."""
    masked: bool = False
    """Whether others may be named in it: then the copy masks addresses and numbers (I-h5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a table holds."""

    table: str
    what: str
    why: str
    basis: Basis
    kept: Kept
    seen: tuple[SeenBy, ...]
    columns: tuple[Columns, ...]
    of: tuple[Ref, ...] = ()
    erased: Erased = Erased.NOT_PERSONAL
    emptied: tuple[str, ...] = ()
    """What of a row that stays is taken out of it, beside the way to its person."""

    def names(self) -> list[str]:
        """All columns that are annotated here, in order; one that is named twice stands twice."""
        return [name for each in self.columns for name in each.names]

    def of_column(self, name: str) -> Columns:
        """What is said of one column."""
        return next(each for each in self.columns if name in each.names)

    def copied(self) -> list[str]:
        """The columns that are in the copy of whoever the row is about."""
        return [
            name
            for each in self.columns
            if each.kind in PERSONAL and each.withheld is None
            for name in each.names
        ]


INVENTORY: dict[str, Held] = {}
"""What each table holds, by its name."""


def held(
    table: str,
    *,
    what: str,
    why: str,
    basis: Basis,
    kept: Kept,
    seen: tuple[SeenBy, ...],
    columns: tuple[Columns, ...],
    of: tuple[Ref, ...] = (),
    erased: Erased = Erased.NOT_PERSONAL,
    emptied: tuple[str, ...] = (),
) -> Held:
    """Say what a table holds, once."""
    if table in INVENTORY:
        raise ValueError(f"{table} says twice what it holds")
    said = Held(
        table=table,
        what=what,
        why=why,
        basis=basis,
        kept=kept,
        seen=seen,
        columns=columns,
        of=of,
        erased=erased,
        emptied=emptied,
    )
    INVENTORY[table] = said
    return said
