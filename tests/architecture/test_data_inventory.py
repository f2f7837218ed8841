"""Every column says what it holds, whose it is, why, on what ground and for how long; the document says the same."""

import pytest

from app.adapters.postgres.inventory import INVENTORY
from app.adapters.postgres.inventory.held import Erased, Held, about, held
from app.adapters.postgres.inventory.kinds import confided, technical
from app.domain.keeping.data_kind import PERSONAL, Basis, DataKind, SeenBy
from app.domain.keeping.retention import TERMS, Kept
from tools import data_inventory
from tools.data_inventory import BASES, DOCUMENT, KINDS, document, faults


def test_no_column_is_without_an_annotation() -> None:
    assert faults() == []


def test_the_document_is_what_the_code_says() -> None:
    same = DOCUMENT.read_text("utf-8") == document()
    assert same, "run `python -m tools.data_inventory` (make inventory), and commit docs/data-inventory.md"


def test_the_lists_are_whole() -> None:
    assert set(TERMS) == set(Kept)
    assert set(BASES) == set(Basis)
    assert set(KINDS) == set(DataKind)


def test_what_is_personal_says_what_becomes_of_it() -> None:
    for said in INVENTORY.values():
        if any(each.kind in PERSONAL for each in said.columns):
            assert said.erased is not Erased.NOT_PERSONAL, said.table


@pytest.mark.parametrize(
    ("columns", "of", "says"),
    [
        ((technical("person_id", "chosen_name"),), (), "id: not annotated"),
        ((confided("id", "made_up"),), (about("id"),), "made_up: annotated, but not there"),
        ((confided("id"), technical("id")), (about("id"),), "id: annotated twice"),
        ((confided("id"),), (), "has to say whose it is"),
        ((confided("id"),), (about("gone"),), "leads to a person, but isn't there"),
    ],
)
def test_what_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, columns: tuple[object, ...], of: tuple[object, ...], says: str
) -> None:
    said = Held(
        table="person",
        what="somebody",
        why="to try it out",
        basis=Basis.EXPLICIT_CONSENT,
        kept=Kept.ACCOUNT,
        seen=(SeenBy.ONESELF,),
        columns=columns,  # type: ignore[arg-type]
        of=of,  # type: ignore[arg-type]
    )
    monkeypatch.setattr(data_inventory, "INVENTORY", {**INVENTORY, "person": said})
    assert any(says in fault for fault in faults()), faults()


def test_nothing_is_said_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        held(
            "person",
            what="somebody",
            why="to try it out",
            basis=Basis.NOT_PERSONAL,
            kept=Kept.ACCOUNT,
            seen=(),
            columns=(),
        )
