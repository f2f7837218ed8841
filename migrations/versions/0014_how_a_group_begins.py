"""how a group begins: where it comes from, how it is composed and offered, who invites to it, who waits for a place

Fits the code that runs while it runs: groups that it writes meanwhile are an organisation's, and state nothing.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CHECKS = {
    "origin": "origin in ('organisation', 'stand_alone', 'course')",
    "alone_without_starter": "origin <> 'stand_alone' or not starter_helps",
    "genders": "genders in ('all', 'women', 'men')",
    "ages": "age_from >= 13 and age_to <= 120 and age_to >= age_from",
    "in_common_length": "char_length(in_common) between 1 and 120",
}
ORGANISATION = "(select current_setting('app.organisation', true)::uuid)"
GRANTS = (
    "grant update (starter_helps, offered_at, age_from, age_to, genders, in_common) on self_help_group to verksted_app",
    "grant select, insert, delete on convenor to verksted_app",
    "grant select, insert, delete on waiting to verksted_app",
)
FUNCTIONS = (
    # Whoever is set as the person of the transaction: a named convenor who is still in, or any member where none is left.
    """
create function composes_alone(organisation uuid, of_group uuid) returns boolean stable language sql as $$
  select exists (select from public.membership m
    where m.organisation_id = organisation and m.group_id = of_group and m.left_at is null
      and m.person_id = (select current_setting('app.person', true)::uuid)
      and (exists (select from public.convenor c
             where c.organisation_id = organisation and c.group_id = of_group and c.membership_id = m.id)
        or not exists (select from public.convenor c
             join public.membership l on l.organisation_id = c.organisation_id and l.id = c.membership_id
             where c.organisation_id = organisation and c.group_id = of_group and l.left_at is null)))
$$""",
    """
create function refuse_staff_in_alone() returns trigger language plpgsql as $$
declare
  may boolean := false;
begin
  if not exists (select from public.self_help_group g
      where g.organisation_id = new.organisation_id and g.id = new.group_id and g.origin = 'stand_alone') then
    return new;
  end if;
  if tg_table_name = 'placement' then
    may := new.person_id = (select current_setting('app.person', true)::uuid)
      and not exists (select from public.placement p
        where p.organisation_id = new.organisation_id and p.group_id = new.group_id);
  elsif tg_table_name = 'meeting' then
    may := exists (select from public.meeting m
      where m.organisation_id = new.organisation_id and m.group_id = new.group_id
        and m.cancelled_at is null and m.starts_at <= clock_timestamp())
      or exists (select from public.membership m
        where m.organisation_id = new.organisation_id and m.group_id = new.group_id and m.left_at is null
          and m.person_id = (select current_setting('app.person', true)::uuid));
  end if;
  if not may and not public.composes_alone(new.organisation_id, new.group_id) then
    raise exception 'a group that stands alone is composed by its convenors, and by nobody else (G-23)'
      using errcode = 'check_violation', constraint = 'convenors_compose';
  end if;
  return new;
end $$""",
    """
create function refuse_once_closed() returns trigger language plpgsql as $$
begin
  if exists (select from public.meeting m
      where m.organisation_id = new.organisation_id and m.group_id = new.group_id
        and m.cancelled_at is null and m.starts_at <= clock_timestamp()) then
    raise exception 'a closed group has neither convenors nor a waiting list (A-01, M-12)'
      using errcode = 'check_violation', constraint = 'closed_group';
  end if;
  return new;
end $$""",
    """
create function refuse_alone_elsewhere() returns trigger language plpgsql as $$
begin
  if not exists (select from public.organisation o where o.id = new.organisation_id and o.level = 'national') then
    raise exception 'a group that stands alone is kept by the national body of its country (G-23)'
      using errcode = 'check_violation', constraint = 'kept_nationally';
  end if;
  return new;
end $$""",
)
TRIGGERS = {
    ("convenors_compose", "placement"): "before insert on placement for each row execute function refuse_staff_in_alone()",
    ("convenors_compose", "convenor"): "before insert on convenor for each row execute function refuse_staff_in_alone()",
    ("convenors_compose", "meeting"): (
        "before insert or update of starts_at, place, cancelled_at on meeting"
        " for each row execute function refuse_staff_in_alone()"
    ),
    ("convenors_compose", "starter_assignment"): (
        "before insert on starter_assignment for each row execute function refuse_staff_in_alone()"
    ),
    ("closed_group", "convenor"): "before insert on convenor for each row execute function refuse_once_closed()",
    ("closed_group", "waiting"): "before insert on waiting for each row execute function refuse_once_closed()",
    ("kept_nationally", "self_help_group"): (
        "before insert on self_help_group for each row when (new.origin = 'stand_alone')"
        " execute function refuse_alone_elsewhere()"
    ),
}


def upgrade() -> None:
    op.add_column("policy", sa.Column("age_span_hint", sa.Integer(), nullable=False, server_default="10"))
    op.add_column("self_help_group", sa.Column("origin", sa.Text(), nullable=False, server_default="organisation"))
    op.add_column(
        "self_help_group", sa.Column("starter_helps", sa.Boolean(), nullable=False, server_default="false")
    )
    op.add_column("self_help_group", sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("self_help_group", sa.Column("age_from", sa.Integer(), nullable=True))
    op.add_column("self_help_group", sa.Column("age_to", sa.Integer(), nullable=True))
    op.add_column("self_help_group", sa.Column("genders", sa.Text(), nullable=False, server_default="all"))
    op.add_column("self_help_group", sa.Column("in_common", sa.Text(), nullable=True))
    for name, condition in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_self_help_group_{name}"), "self_help_group", condition)
    op.create_table(
        "convenor",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id", "group_id", "membership_id"],
            ["membership.organisation_id", "membership.group_id", "membership.id"],
            name="fk_convenor_membership",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "group_id", "membership_id", name=op.f("pk_convenor")),
    )
    op.create_table(
        "waiting",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("char_length(alias) between 1 and 40", name=op.f("ck_waiting_alias_length")),
        sa.ForeignKeyConstraint(
            ["organisation_id", "group_id"],
            ["self_help_group.organisation_id", "self_help_group.id"],
            name="fk_waiting_group",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id", "person_id"],
            ["registration.organisation_id", "registration.person_id"],
            name="fk_waiting_registration",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "group_id", "person_id", name=op.f("pk_waiting")),
    )
    op.create_index("ix_waiting_by_person", "waiting", ["organisation_id", "person_id"])
    for table in ("convenor", "waiting"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(
            f"create policy own on {table} to verksted_app using (organisation_id = {ORGANISATION})"
            f" with check (organisation_id = {ORGANISATION})"
        )
    for statement in (*GRANTS, *FUNCTIONS):
        op.execute(statement)
    for (name, _), what in TRIGGERS.items():
        op.execute(f"create trigger {name} {what}")


def downgrade() -> None:
    for name, table in reversed(TRIGGERS):
        op.execute(f"drop trigger {name} on {table}")
    for function in ("refuse_alone_elsewhere()", "refuse_once_closed()", "refuse_staff_in_alone()"):
        op.execute(f"drop function {function}")
    op.execute("drop function composes_alone(uuid, uuid)")
    for table in ("waiting", "convenor"):
        op.execute(f"revoke all on {table} from verksted_app")
        op.drop_table(table)
    for name in reversed(CHECKS):
        op.drop_constraint(op.f(f"ck_self_help_group_{name}"), "self_help_group", type_="check")
    for name in ("in_common", "genders", "age_to", "age_from", "offered_at", "starter_helps", "origin"):
        op.drop_column("self_help_group", name)
    op.drop_column("policy", "age_span_hint")
