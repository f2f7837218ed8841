"""Every statement that the service can run compiles, and only once."""

from sqlalchemy import column, select, table

from app.adapters.postgres import statements
from app.adapters.postgres.statements import Statement, compile_all, p


def test_all_of_them_compile() -> None:
    assert compile_all() > 250
    assert all(each.sql and isinstance(each.names, tuple) for each in statements._WRITTEN)


def test_a_statement_is_compiled_when_it_is_first_asked_for_and_then_no_more() -> None:
    things = table("things", column("id"), column("size"))
    made = Statement(select(things.c.id).where(things.c.size == p("size")))
    try:
        assert made.arguments({"size": 3}) == [3]
        assert made.sql is made.sql
        assert made.names == ("size",)
        assert made._core is None, "its tree is kept, for nobody"
    finally:
        statements._WRITTEN.remove(made)
