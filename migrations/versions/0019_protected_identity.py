"""protected identity: a word in the place of a name, and groups that keep their place to their signed members

Fits the code that runs while it runs: what is added may be missing, and nobody is protected yet.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GRANTS = (
    "grant update (protected_at, protected_by) on person to verksted_app",
    "grant update (is_protected) on registration to verksted_app",
    "grant update (shields_place) on self_help_group to verksted_app",
)
FUNCTIONS = (
    # In the language of the organisation's country: whoever looks in a list is its staff (app/content: protection).
    """
create function cover_name_in(organisation uuid) returns text stable language sql as $$
  select case o.country when 'DK' then 'Beskyttet identitet' else 'Skjermet identitet' end
    from public.organisation o where o.id = organisation
$$""",
    # Whoever writes the name, in whichever column: of somebody protected there is none. The person's row is locked where
    # they register, so that who becomes protected meanwhile is met here or meets this row.
    """
create function cover_registration() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform from public.person p where p.id = new.person_id for share;
    new.is_protected := exists (
      select from public.person p where p.id = new.person_id and p.protected_at is not null);
  end if;
  if new.is_protected then
    new := jsonb_populate_record(new,
      jsonb_build_object('name', public.cover_name_in(new.organisation_id), 'name_sealed', null));
  end if;
  return new;
end $$""",
    """
create function shield_group() returns trigger language plpgsql as $$
begin
  update public.self_help_group g set shields_place = true
    where g.organisation_id = new.organisation_id and g.id = new.group_id and not g.shields_place
      and exists (select from public.registration r
        where r.organisation_id = new.organisation_id and r.person_id = new.person_id and r.is_protected);
  return null;
end $$""",
    """
create function shield_groups() returns trigger language plpgsql as $$
begin
  update public.self_help_group g set shields_place = true
    where g.organisation_id = new.organisation_id and not g.shields_place
      and exists (select from public.membership m
        where m.organisation_id = new.organisation_id and m.group_id = g.id and m.person_id = new.person_id
          and m.left_at is null);
  return null;
end $$""",
)
TRIGGERS = (
    ("covered", "registration", "before insert or update on registration for each row execute function cover_registration()"),
    ("shielded", "membership", "after insert on membership for each row execute function shield_group()"),
    (
        "shielded",
        "registration",
        "after update of is_protected on registration for each row when (new.is_protected)"
        " execute function shield_groups()",
    ),
)


def upgrade() -> None:
    op.add_column("person", sa.Column("protected_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("person", sa.Column("protected_by", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_person_protected_by"), "person", "protected_by in ('oneself', 'login')"
    )
    op.create_check_constraint(
        op.f("ck_person_protected_by_somebody"), "person", "(protected_at is null) = (protected_by is null)"
    )
    op.add_column(
        "registration", sa.Column("is_protected", sa.Boolean(), nullable=False, server_default="false")
    )
    op.add_column(
        "self_help_group", sa.Column("shields_place", sa.Boolean(), nullable=False, server_default="false")
    )
    for statement in (*GRANTS, *FUNCTIONS):
        op.execute(statement)
    for name, _, what in TRIGGERS:
        op.execute(f"create trigger {name} {what}")


def downgrade() -> None:
    for name, table, _ in reversed(TRIGGERS):
        op.execute(f"drop trigger {name} on {table}")
    for function in ("shield_groups()", "shield_group()", "cover_registration()", "cover_name_in(uuid)"):
        op.execute(f"drop function {function}")
    op.drop_column("self_help_group", "shields_place")
    op.drop_column("registration", "is_protected")
    op.drop_constraint(op.f("ck_person_protected_by_somebody"), "person", type_="check")
    op.drop_constraint(op.f("ck_person_protected_by"), "person", type_="check")
    op.drop_column("person", "protected_by")
    op.drop_column("person", "protected_at")
