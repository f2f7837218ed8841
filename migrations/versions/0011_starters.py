"""starters: assignments with every version of their exit, visits, a few words before the first meeting

Fits the code that runs while it runs: the tables are new, and the triggers on tables that are there refuse only what
nothing in them can be yet.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = ("starter_assignment", "exit_version", "starter_visit", "starter_message")

GRANTS = """
grant select, insert, update (follow_up_on) on starter_assignment to verksted_app;
grant select, insert on exit_version to verksted_app;
grant select, insert, update (withdrawn_at) on starter_visit to verksted_app;
grant select, insert on starter_message to verksted_app;
"""

FUNCTIONS = """
create function refuse_helper() returns trigger language plpgsql as $$
declare
  person uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
begin
  if exists (select from public.starter_assignment s
      where s.organisation_id = new.organisation_id and s.group_id = new.group_id and s.person_id = person) then
    raise exception 'whoever helped a group to start never becomes a member of it (I-12, X-10)'
      using errcode = 'check_violation', constraint = 'helper_stays_outside';
  end if;
  return new;
end $$;

create function refuse_member_as_helper() returns trigger language plpgsql as $$
begin
  if exists (select from public.membership m
      where m.organisation_id = new.organisation_id and m.group_id = new.group_id and m.person_id = new.person_id)
    or exists (select from public.placement p
      where p.organisation_id = new.organisation_id and p.group_id = new.group_id and p.person_id = new.person_id
        and p.declined_at is null and p.withdrawn_at is null)
    or exists (select from public.application a
      where a.organisation_id = new.organisation_id and a.group_id = new.group_id and a.applicant_id = new.person_id
        and num_nonnulls(a.closed_at, a.withdrawn_at, a.declined_at) = 0) then
    raise exception 'nobody helps a group to start that they are, were or want to be in (G-02, I-12)'
      using errcode = 'check_violation', constraint = 'member_never_helps';
  end if;
  return new;
end $$;

create function refuse_longer_stay() returns trigger language plpgsql as $$
declare
  before record;
  ceiling record;
begin
  select s.ceiling_meetings, s.ceiling_until, s.replaces_id into ceiling from public.starter_assignment s
    where s.organisation_id = new.organisation_id and s.id = new.assignment_id;
  if new.number = 1 then
    select e.* into before from public.exit_version e
      where e.organisation_id = new.organisation_id and e.assignment_id = ceiling.replaces_id
      order by e.number desc limit 1;
    if (new.step, ceiling.replaces_id is null) not in (('fixed', true), ('inherited', false)) then
      raise exception 'an exit is fixed with the assignment, or inherited with it (X-01)'
        using errcode = 'check_violation', constraint = 'exit_from_the_start';
    end if;
  else
    select e.* into before from public.exit_version e
      where e.organisation_id = new.organisation_id and e.assignment_id = new.assignment_id
        and e.number = new.number - 1;
    if before.number is null or before.step = 'ended_early' or new.step in ('fixed', 'inherited') then
      raise exception 'versions of an exit follow each other, and after the end comes none (X-10)'
        using errcode = 'check_violation', constraint = 'exit_in_order';
    end if;
  end if;
  if before.number is not null and new.step <> 'extended' and (
      least(new.until, ceiling.ceiling_until) > least(before.until, ceiling.ceiling_until)
      or least(new.max_meetings, ceiling.ceiling_meetings) > least(before.max_meetings, ceiling.ceiling_meetings)) then
    raise exception 'a stay becomes longer by a ballot of the group alone (X-05, X-06)'
      using errcode = 'check_violation', constraint = 'only_shorter';
  end if;
  return new;
end $$;

create trigger helper_stays_outside before insert on membership
  for each row execute function refuse_helper('person_id');
create trigger helper_stays_outside before insert on placement
  for each row execute function refuse_helper('person_id');
create trigger helper_stays_outside before insert on application
  for each row execute function refuse_helper('applicant_id');
create trigger member_never_helps before insert on starter_assignment
  for each row execute function refuse_member_as_helper();
create trigger only_shorter before insert on exit_version
  for each row execute function refuse_longer_stay();
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


def upgrade() -> None:
    # Made from app/adapters/postgres/tables/starters.py; all of them new.
    op.create_table('starter_assignment',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('line_id', sa.Uuid(), nullable=False),
    sa.Column('assigned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('counts_from', sa.DateTime(timezone=True), nullable=False),
    sa.Column('policy_version', sa.Integer(), nullable=False),
    sa.Column('ceiling_meetings', sa.Integer(), nullable=False),
    sa.Column('ceiling_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('replaces_id', sa.Uuid(), nullable=True),
    sa.Column('conflict_acknowledged', sa.Boolean(), nullable=False),
    sa.Column('follow_up_on', sa.Date(), nullable=True),
    sa.CheckConstraint('(replaces_id is null) = (line_id = id)', name=op.f('ck_starter_assignment_line')),
    sa.CheckConstraint('ceiling_meetings between 1 and 12', name=op.f('ck_starter_assignment_ceiling_meetings')),
    sa.CheckConstraint('ceiling_until > counts_from', name=op.f('ck_starter_assignment_ceiling_until')),
    sa.CheckConstraint('counts_from <= assigned_at', name=op.f('ck_starter_assignment_counts_from')),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'line_id'], ['starter_assignment.organisation_id', 'starter_assignment.group_id', 'starter_assignment.id'], name='fk_starter_assignment_line'),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'replaces_id'], ['starter_assignment.organisation_id', 'starter_assignment.group_id', 'starter_assignment.id'], name='fk_starter_assignment_replaces'),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id'], ['self_help_group.organisation_id', 'self_help_group.id'], name='fk_starter_assignment_group'),
    sa.ForeignKeyConstraint(['organisation_id', 'person_id'], ['registration.organisation_id', 'registration.person_id'], name='fk_starter_assignment_registration'),
    sa.PrimaryKeyConstraint('organisation_id', 'id', name=op.f('pk_starter_assignment')),
    sa.UniqueConstraint('organisation_id', 'group_id', 'id', 'line_id', name='uq_starter_assignment_line'),
    sa.UniqueConstraint('organisation_id', 'group_id', 'id', name='uq_starter_assignment_group'),
    sa.UniqueConstraint('organisation_id', 'group_id', 'person_id', name='uq_starter_assignment_person'),
    sa.UniqueConstraint('organisation_id', 'replaces_id', name='uq_starter_assignment_replaces')
    )
    op.create_index('ix_starter_assignment_page', 'starter_assignment', ['organisation_id', 'group_id', 'assigned_at', 'id'], unique=False)
    op.create_index('ix_starter_assignment_person', 'starter_assignment', ['organisation_id', 'person_id'], unique=False)
    op.create_table('exit_version',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('assignment_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('line_id', sa.Uuid(), nullable=False),
    sa.Column('step', sa.Text(), nullable=False),
    sa.Column('by', sa.Text(), nullable=False),
    sa.Column('latest_date', sa.Date(), nullable=True),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('max_meetings', sa.Integer(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ballot_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint("(step = 'extended') = (ballot_id is not null)", name=op.f('ck_exit_version_ballot')),
    sa.CheckConstraint("by in ('coordinator', 'group', 'starter')", name=op.f('ck_exit_version_by')),
    sa.CheckConstraint("step in ('fixed', 'inherited', 'confirmed', 'shortened', 'extended', 'ended_early')", name=op.f('ck_exit_version_step')),
    sa.CheckConstraint('(latest_date is null) = (until is null)', name=op.f('ck_exit_version_until')),
    sa.CheckConstraint('max_meetings between 1 and 12', name=op.f('ck_exit_version_max_meetings')),
    sa.CheckConstraint('num_nonnulls(latest_date, max_meetings) >= 1', name=op.f('ck_exit_version_limit')),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'assignment_id', 'line_id'], ['starter_assignment.organisation_id', 'starter_assignment.group_id', 'starter_assignment.id', 'starter_assignment.line_id'], name='fk_exit_version_assignment'),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'ballot_id'], ['ballot.organisation_id', 'ballot.group_id', 'ballot.id'], name='fk_exit_version_ballot'),
    sa.PrimaryKeyConstraint('organisation_id', 'assignment_id', 'number', name=op.f('pk_exit_version'))
    )
    op.create_index('uq_exit_version_extended', 'exit_version', ['organisation_id', 'line_id'], unique=True, postgresql_where=sa.text("step = 'extended'"))
    op.create_table('starter_visit',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('assignment_id', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'assignment_id'], ['starter_assignment.organisation_id', 'starter_assignment.group_id', 'starter_assignment.id'], name='fk_starter_visit_assignment'),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'meeting_id'], ['meeting.organisation_id', 'meeting.group_id', 'meeting.id'], name='fk_starter_visit_meeting'),
    sa.PrimaryKeyConstraint('organisation_id', 'id', name=op.f('pk_starter_visit'))
    )
    op.create_index('ix_starter_visit_meeting', 'starter_visit', ['organisation_id', 'meeting_id'], unique=False)
    op.create_index('ix_starter_visit_page', 'starter_visit', ['organisation_id', 'group_id', 'invited_at', 'id'], unique=False)
    op.create_index('uq_starter_visit_live', 'starter_visit', ['organisation_id', 'assignment_id', 'meeting_id'], unique=True, postgresql_where=sa.text('withdrawn_at is null'))
    op.create_table('starter_message',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('assignment_id', sa.Uuid(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('char_length(words) between 1 and 1000', name=op.f('ck_starter_message_length')),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'assignment_id'], ['starter_assignment.organisation_id', 'starter_assignment.group_id', 'starter_assignment.id'], name='fk_starter_message_assignment'),
    sa.PrimaryKeyConstraint('organisation_id', 'id', name=op.f('pk_starter_message'))
    )
    op.create_index('ix_starter_message_assignment', 'starter_message', ['organisation_id', 'assignment_id'], unique=False)
    op.create_index('ix_starter_message_page', 'starter_message', ['organisation_id', 'group_id', 'written_at', 'id'], unique=False)
    for table in TABLES:
        condition = "organisation_id = (select current_setting('app.organisation', true)::uuid)"
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(
            f"create policy own on {table} to verksted_app, verksted_tally"
            f" using ({condition}) with check ({condition})"
        )
    for statement in (*_statements(GRANTS), *_statements(FUNCTIONS)):
        op.execute(statement)


def downgrade() -> None:
    for table in ("membership", "placement", "application"):
        op.execute(f"drop trigger helper_stays_outside on {table}")
    for table in reversed(TABLES):
        op.drop_table(table)
    for name in ("refuse_helper", "refuse_member_as_helper", "refuse_longer_stay"):
        op.execute(f"drop function {name}()")
