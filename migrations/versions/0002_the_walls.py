"""the walls: row-level security, grants by column, and the triggers that hold what a foreign key can't

Fits the code that runs while it runs: nothing is in the tables yet.

The roles exist already (`verksted migrate` makes them before it migrates): `verksted_app` serves and `verksted_tally`
counts ballots. Neither owns anything.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TENANT_TABLES = (
    "policy",
    "registration",
    "role_grant",
    "staff_declaration",
    "intake_outcome",
    "self_help_group",
    "generation",
    "placement",
    "membership",
    "seat",
    "declaration",
    "meeting",
    "application",
    "ballot",
    "ballot_roll",
    "envelope",
    "ballot_outcome",
    "outbox",
)
PERSON_TABLES = {"person": "id", "affiliation": "person_id", "idempotency": "person_id"}

GRANTS = """
grant select on alembic_version to verksted_app;
grant select, insert, update (chosen_name, languages, of_age_confirmed_at, of_age_confirmed_by, version) on person to verksted_app;
grant select, insert on identity to verksted_app;
grant select, insert on affiliation to verksted_app;
grant select, insert, update (answer), delete on idempotency to verksted_app;
grant select, insert on organisation to verksted_app;
grant select, insert on policy to verksted_app;
grant select, insert, update (name) on registration to verksted_app;
grant select, insert, update (granted_at), delete on role_grant to verksted_app;
grant select, insert on staff_declaration to verksted_app;
grant select, insert on intake_outcome to verksted_app;
grant select, insert, update (theme, form, area, language, generation, generation_formed_at, closed_for_new_at, version)
  on self_help_group to verksted_app;
grant select, insert on generation to verksted_app;
grant select, insert, update (accepted_at, declined_at, withdrawn_at) on placement to verksted_app;
grant select, insert, update (left_at) on membership to verksted_app;
grant select, insert, update (membership_id, ballot_id), delete on seat to verksted_app;
grant select, insert on declaration to verksted_app;
grant select, insert, update (starts_at, minutes, place, cancelled_at, not_held_at, version) on meeting to verksted_app;
grant select, insert, update (withdrawn_at, declined_at, entered_at, closed_at) on application to verksted_app;
grant select, insert, update (withdrawn_at, voided_at) on ballot to verksted_app;
grant select, insert, update (has_voted, dropped_at) on ballot_roll to verksted_app;
grant select (organisation_id, ballot_id, membership_id), insert, update (sealed), delete on envelope to verksted_app;
grant select on ballot_outcome to verksted_app;
grant insert on outbox to verksted_app;

grant select, update (counted_at) on ballot to verksted_tally;
grant select, update (has_voted) on ballot_roll to verksted_tally;
grant select, delete on envelope to verksted_tally;
grant select, insert on ballot_outcome to verksted_tally;
grant select (organisation_id, group_id, id, joined_at, left_at) on membership to verksted_tally;
grant select (organisation_id, group_id, generation, membership_id, signed_at) on declaration to verksted_tally;
grant select (organisation_id, group_id, id, starts_at, cancelled_at) on meeting to verksted_tally;
grant select (organisation_id, version, effective_from, entry_offer_days) on policy to verksted_tally;
grant select, delete on seat to verksted_tally;
grant insert on outbox to verksted_tally;
"""

FUNCTIONS = """
create function enter(person uuid, organisation uuid) returns void language plpgsql as $$
begin
  perform set_config('app.person', person::text, true);
  perform set_config('app.organisation', coalesce(
    (select a.organisation_id from public.affiliation a
      where a.person_id = person and a.organisation_id = organisation)::text,
    '00000000-0000-0000-0000-000000000000'), true);
end $$;

create function refuse_false_entry() returns trigger language plpgsql as $$
begin
  if new.placement_id is null then
    if not exists (select from public.ballot_outcome o
        join public.ballot b on b.organisation_id = o.organisation_id and b.id = o.ballot_id
        join public.application a on a.organisation_id = b.organisation_id and a.id = b.application_id
        where o.organisation_id = new.organisation_id and o.ballot_id = new.ballot_id
          and o.offer_expires_at > clock_timestamp() and a.withdrawn_at is null and a.declined_at is null) then
      raise exception 'a place that is not on offer any more lets nobody in (A-01, A-07)'
        using errcode = 'check_violation', constraint = 'standing_offer';
    end if;
    return new;
  end if;
  if exists (select from public.meeting m
      where m.organisation_id = new.organisation_id and m.group_id = new.group_id
        and m.cancelled_at is null and m.starts_at <= clock_timestamp()) then
    raise exception 'a closed group is entered by its ballot alone (A-01)'
      using errcode = 'check_violation', constraint = 'closed_group';
  end if;
  if not exists (select from public.placement p
      where p.organisation_id = new.organisation_id and p.id = new.placement_id and p.accepted_at is not null) then
    raise exception 'a placement becomes a membership by the person''s own yes (A-07)'
      using errcode = 'check_violation', constraint = 'accepted_placement';
  end if;
  return new;
end $$;

create function refuse_return() returns trigger language plpgsql as $$
begin
  if old.left_at is not null and new.left_at is distinct from old.left_at then
    raise exception 'whoever has left comes back by a ballot, like everyone (A-01)'
      using errcode = 'check_violation', constraint = 'left_for_good';
  end if;
  return new;
end $$;

create function refuse_false_generation() returns trigger language plpgsql as $$
begin
  if new.number > 1 and not exists (select from public.ballot_outcome o
      where o.organisation_id = new.organisation_id and o.group_id = new.group_id and o.ballot_id = new.ballot_id
        and o.verdict = 'adopted' and o.applicant_id is not null) then
    raise exception 'a group becomes another one by an entry alone (A-03)'
      using errcode = 'check_violation', constraint = 'generation_by_entry';
  end if;
  return new;
end $$;

create function refuse_false_step() returns trigger language plpgsql as $$
begin
  if new.generation <> old.generation + 1 or not exists (select from public.generation g
      where g.organisation_id = new.organisation_id and g.group_id = new.id and g.number = new.generation) then
    raise exception 'a group goes from one generation to the next (A-03)'
      using errcode = 'check_violation', constraint = 'next_generation';
  end if;
  return new;
end $$;

create function refuse_reopening() returns trigger language plpgsql as $$
begin
  if old.cancelled_at is null and old.starts_at <= clock_timestamp()
      and (new.starts_at, new.cancelled_at) is distinct from (old.starts_at, old.cancelled_at) then
    raise exception 'a meeting that has begun stays where it is; nothing reopens a group (A-01)'
      using errcode = 'check_violation', constraint = 'begun_meeting';
  end if;
  return new;
end $$;

create function refuse_false_drop() returns trigger language plpgsql as $$
begin
  if old.dropped_at is not null and new.dropped_at is distinct from old.dropped_at
    or new.dropped_at is not null and not exists (select from public.membership m
      where m.organisation_id = new.organisation_id and m.id = new.membership_id and m.left_at is not null) then
    raise exception 'only who has left the group drops off a roll (B-03)'
      using errcode = 'check_violation', constraint = 'dropped_by_leaving';
  end if;
  return new;
end $$;

create function refuse_revival() returns trigger language plpgsql as $$
begin
  if old.withdrawn_at is not null and new.withdrawn_at is distinct from old.withdrawn_at
    or old.voided_at is not null and new.voided_at is distinct from old.voided_at then
    raise exception 'a ballot that has ended has ended (A-03)'
      using errcode = 'check_violation', constraint = 'ended_for_good';
  end if;
  return new;
end $$;

create function refuse_emptying() returns trigger language plpgsql as $$
begin
  if not exists (select from public.membership m
      where m.organisation_id = old.organisation_id and m.id = old.membership_id and m.left_at is not null)
    and not exists (select from public.ballot b
      where b.organisation_id = old.organisation_id and b.id = old.ballot_id
        and num_nonnulls(b.withdrawn_at, b.voided_at, b.counted_at) = 1) then
    raise exception 'a vote stays in the box until its voter has left or the ballot has ended (B-03)'
      using errcode = 'check_violation', constraint = 'kept_vote';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end $$;

create trigger closed_group before insert on membership
  for each row execute function refuse_false_entry();
create trigger generation_by_entry before insert on generation
  for each row execute function refuse_false_generation();
create trigger next_generation before update of generation on self_help_group
  for each row when (new.generation <> old.generation) execute function refuse_false_step();
create trigger ended_for_good before update of withdrawn_at, voided_at on ballot
  for each row execute function refuse_revival();
create trigger kept_vote before delete on envelope
  for each row execute function refuse_emptying();
create trigger kept_vote before update of has_voted on ballot_roll
  for each row when (old.has_voted and not new.has_voted) execute function refuse_emptying();
create trigger left_for_good before update on membership
  for each row execute function refuse_return();
create trigger begun_meeting before update on meeting
  for each row execute function refuse_reopening();
create trigger dropped_by_leaving before update of dropped_at on ballot_roll
  for each row execute function refuse_false_drop();
"""


def _statements(script: str) -> list[str]:
    """Split at semicolons that end a line, function bodies left whole."""
    parts: list[str] = []
    current: list[str] = []
    inside = False
    for line in script.strip().splitlines():
        current.append(line)
        inside ^= line.count("$$") % 2 == 1
        if line.endswith(";") and not inside:
            parts.append("\n".join(current))
            current = []
    return parts


def _setting(name: str) -> str:
    return f"(select current_setting('app.{name}', true)::uuid)"


def upgrade() -> None:
    for statement in _statements(FUNCTIONS):
        op.execute(statement)
    for table in TENANT_TABLES:
        _secure(table, f"organisation_id = {_setting('organisation')}", "verksted_app, verksted_tally")
    for table, column in PERSON_TABLES.items():
        _secure(table, f"{column} = {_setting('person')}", "verksted_app")
    _secure("identity", f"id = {_setting('identity')}", "verksted_app")
    op.execute("alter table organisation enable row level security")
    op.execute("alter table organisation force row level security")
    op.execute("create policy directory on organisation for select to verksted_app using (true)")
    op.execute(
        "create policy own on organisation for insert to verksted_app"
        f" with check (id = {_setting('organisation')})"
    )
    for statement in _statements(GRANTS):
        op.execute(statement)


def _secure(table: str, condition: str, roles: str) -> None:
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    op.execute(f"create policy own on {table} to {roles} using ({condition}) with check ({condition})")


def downgrade() -> None:
    op.execute("revoke all on all tables in schema public from verksted_app, verksted_tally")
    for table in ("organisation", "identity", *PERSON_TABLES, *TENANT_TABLES):
        op.execute(f"drop policy own on {table}")
        op.execute(f"alter table {table} no force row level security")
        op.execute(f"alter table {table} disable row level security")
    op.execute("drop policy directory on organisation")
    op.execute("drop trigger closed_group on membership")
    op.execute("drop trigger left_for_good on membership")
    op.execute("drop trigger begun_meeting on meeting")
    op.execute("drop trigger dropped_by_leaving on ballot_roll")
    op.execute("drop trigger generation_by_entry on generation")
    op.execute("drop trigger next_generation on self_help_group")
    op.execute("drop trigger ended_for_good on ballot")
    op.execute("drop trigger kept_vote on envelope")
    op.execute("drop trigger kept_vote on ballot_roll")
    op.execute("drop function enter(uuid, uuid)")
    for name in (
        "refuse_false_entry",
        "refuse_false_generation",
        "refuse_false_step",
        "refuse_revival",
        "refuse_emptying",
        "refuse_return",
        "refuse_reopening",
        "refuse_false_drop",
    ):
        op.execute(f"drop function {name}()")
