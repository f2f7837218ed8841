"""docs/data-inventory.md: what is held, table by table and column by column, from the annotations in the code.

`python -m tools.data_inventory` writes it; `faults()` names what isn't annotated, or annotated and not there.
"""

from pathlib import Path

from app.adapters.postgres.inventory import INVENTORY
from app.adapters.postgres.inventory.held import Columns, Held, Part, Ref
from app.adapters.postgres.tables import metadata
from app.domain.keeping.data_kind import PERSONAL, Basis, DataKind
from app.domain.keeping.retention import TERMS, Kept, Term

DOCUMENT = Path(__file__).parent.parent / "docs" / "data-inventory.md"
HOW = "say it in app/adapters/postgres/inventory/<feature>.py, one word for each kind of column (held.py shows how)"
HEAD = """# What is held

Made from the annotations in `app/adapters/postgres/inventory/` by `python -m tools.data_inventory`; a test fails on a
column without one. Legal bases and times are proposals: **all of them to be confirmed by a lawyer**.
"""
BASES = {
    Basis.EXPLICIT_CONSENT: "explicit consent, art. 6(1)(a) and 9(2)(a)",
    Basis.AGREEMENT: "agreement, art. 6(1)(b)",
    Basis.LEGAL_DUTY: "legal duty, art. 6(1)(c) with 5(2), 7(1), 32",
    Basis.NOT_PERSONAL: "nothing about a person",
}
KINDS = {
    DataKind.IDENTITY: "who somebody is",
    DataKind.CONTACT: "how somebody is reached",
    DataKind.CONFIDED: "what somebody looks for or has told, and what came of it: health (art. 9)",
    DataKind.MEMBERSHIP: "that somebody belongs, applied, promised or was there: health, with a theme (art. 9)",
    DataKind.VOTE: "a vote, or that somebody may or did vote",
    DataKind.TRAINING: "what somebody has done as a volunteer",
    DataKind.DUTY: "what somebody does for an organisation",
    DataKind.ACCESS: "who looked at what about whom",
    DataKind.GROUP: "what a group has arranged or decided; about nobody of it",
    DataKind.PUBLIC: "what everyone may know",
    DataKind.TECHNICAL: "what the service needs to work; tells nothing about anybody",
}


def faults() -> list[str]:
    """Columns without an annotation, annotations without a column, and what contradicts itself."""
    found = []
    for name, table in sorted(metadata.tables.items()):
        said = INVENTORY.get(name)
        if said is None:
            found.append(f"{name}: nothing says what this table holds; {HOW}")
            continue
        there, named = {column.name for column in table.columns}, said.names()
        found += [f"{name}.{column}: not annotated; {HOW}" for column in sorted(there - set(named))]
        found += [f"{name}.{column}: annotated, but not there" for column in sorted(set(named) - there)]
        found += [
            f"{name}.{column}: annotated twice" for column in sorted({n for n in named if named.count(n) > 1})
        ]
        found += _contradictions(said, there)
    return found + [
        f"{name}: annotated, but there is no such table"
        for name in sorted(set(INVENTORY) - set(metadata.tables))
    ]


def _contradictions(said: Held, there: set[str]) -> list[str]:
    found = [
        f"{said.table}.{ref.column}: leads to a person, but isn't there"
        for ref in said.of
        if ref.column not in there
    ]
    found += [
        f"{said.table}.{ref.column}: {ref.via} is about nobody"
        for ref in said.of
        if ref.via is not None and not any(r.part is Part.ABOUT for r in INVENTORY[ref.via].of)
    ]
    personal = any(each.kind in PERSONAL for each in said.columns)
    if personal and not any(ref.part is Part.ABOUT for ref in said.of):
        found.append(f"{said.table}: holds something personal; `of=(about(…),)` has to say whose it is")
    if personal and said.basis is Basis.NOT_PERSONAL:
        found.append(f"{said.table}: holds something personal; its basis can't be that it doesn't")
    return found


def document() -> str:
    """The whole document."""
    tables = [_table(INVENTORY[name]) for name in sorted(INVENTORY)]
    kinds = [f"| {kind.value} | {KINDS[kind]} | {'yes' if kind in PERSONAL else 'no'} |" for kind in DataKind]
    terms = [f"| {kept.value} | {_term(TERMS[kept])} | {TERMS[kept].policy or ''} |" for kept in Kept]
    return "\n".join(
        [
            HEAD,
            "## Kinds\n",
            "| kind | what | somebody's own |\n|---|---|---|",
            *kinds,
            "\n## How long, at most\n",
            "An organisation can shorten what its policy names, and lengthen nothing.\n",
            "| class | kept | shortened by the policy's |\n|---|---|---|",
            *terms,
            "\n## Tables\n",
            *tables,
        ]
    )


def _term(term: Term) -> str:
    if term.days is None:
        return term.after
    return f"{term.days} days after {term.after}" if term.days else f"until {term.after}"


def _table(said: Held) -> str:
    whose = "; ".join(_ref(ref) for ref in said.of) or "nobody"
    lines = [
        f"### {said.table}\n",
        f"{said.what[0].upper()}{said.what[1:]}.\n",
        f"Whose: {whose}. After an erasure: {said.erased.value.replace('_', ' ')}.\n",
        "| column | kind | why | basis | kept | seen by | in the copy |\n|---|---|---|---|---|---|---|",
    ]
    lines += [_column(said, each, name) for each in said.columns for name in each.names]
    return "\n".join([*lines, ""])


def _ref(ref: Ref) -> str:
    where = f"`{ref.column}`" + (f" → `{ref.via}`" if ref.via else "")
    return where if ref.part is Part.ABOUT else f"{where} (did it)"


def _column(said: Held, of: Columns, name: str) -> str:
    seen = ", ".join(each.value.replace("_", " ") for each in of.seen or said.seen)
    copied = "" if of.kind not in PERSONAL else f"no: {of.withheld}" if of.withheld else "yes"
    if of.kind in PERSONAL:
        why, basis, kept = of.why or said.why, BASES[of.basis or said.basis], (of.kept or said.kept).value
    else:
        why, basis, kept = of.why or "", BASES[of.basis or Basis.NOT_PERSONAL], (of.kept or said.kept).value
    return f"| {name} | {of.kind.value} | {why} | {basis} | {kept} | {seen} | {copied} |"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), "utf-8")
