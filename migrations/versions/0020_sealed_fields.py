"""sealed fields: a sealed column beside each that held names or confided words in clear

Expand: what is added may be missing, and nothing that is there changes. `verksted keys sweep` seals what is still in clear;
the clear columns go with a later release. The service may change no more than before: its two names, where it could.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

COLUMNS = (
    ("person", "chosen_name", True),
    ("registration", "name", True),
    ("declaration", "typed_name", False),
    ("staff_declaration", "typed_name", True),
    ("application", "introduction", True),
    ("application", "known_as", False),
    ("starter_message", "words", True),
)
CHANGING = (("person", "chosen_name"), ("registration", "name"))
SIGNED_IN_CLEAR = "(how = 'in_app') = (typed_name is not null)"
SIGNED = "num_nonnulls(typed_name, typed_name_sealed) <= (how = 'in_app')::int"
FUNCTION = """
create function empty_what_was_sealed() returns trigger language plpgsql as $$
declare
  sealed text;
begin
  foreach sealed in array tg_argv loop
    if to_jsonb(new) ->> sealed is not distinct from to_jsonb(old) ->> sealed then
      new := jsonb_populate_record(new, jsonb_build_object(sealed, null));
    end if;
  end loop;
  return new;
end $$
"""
"""Whoever writes to the clear column alone, as the code before does and an erasure, empties what is sealed beside it."""


def upgrade() -> None:
    op.execute(FUNCTION)
    for table, column, needed in COLUMNS:
        op.add_column(table, sa.Column(f"{column}_sealed", sa.LargeBinary(), nullable=True))
        if needed:
            op.alter_column(table, column, existing_type=sa.Text(), nullable=True)
        if table != "declaration":
            op.create_check_constraint(
                op.f(f"ck_{table}_{column}_once"), table, f"num_nonnulls({column}, {column}_sealed) <= 1"
            )
        if (table, column) in CHANGING:
            op.execute(f"grant update ({column}_sealed) on {table} to verksted_app")
        op.execute(
            f"create trigger in_clear_again_{column} before update of {column} on {table}"
            f" for each row execute function empty_what_was_sealed('{column}_sealed')"
        )
    op.drop_constraint(op.f("ck_declaration_typed_name"), "declaration", type_="check")
    op.create_check_constraint(op.f("ck_declaration_typed_name"), "declaration", SIGNED)


def downgrade() -> None:
    """What was sealed is lost to the older code: its words were never in the database."""
    for table, column, _ in COLUMNS:
        op.execute(f"drop trigger in_clear_again_{column} on {table}")
    op.execute("drop function empty_what_was_sealed()")
    op.drop_constraint(op.f("ck_declaration_typed_name"), "declaration", type_="check")
    op.execute("alter table declaration no force row level security")
    op.execute("update declaration set typed_name = '-' where how = 'in_app' and typed_name is null")
    op.execute("alter table declaration force row level security")
    op.create_check_constraint(op.f("ck_declaration_typed_name"), "declaration", SIGNED_IN_CLEAR)
    for table, column, needed in reversed(COLUMNS):
        if table != "declaration":
            op.drop_constraint(op.f(f"ck_{table}_{column}_once"), table, type_="check")
        if needed:
            op.execute(f"alter table {table} no force row level security")
            op.execute(f"update {table} set {column} = '-' where {column} is null")
            op.execute(f"alter table {table} force row level security")
            op.alter_column(table, column, existing_type=sa.Text(), nullable=False)
        op.drop_column(table, f"{column}_sealed")
