"""intake conversations: who holds them, what they end in, and what was confided, for as long as it may stay

Fits the code that runs while it runs: all tables are new.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TENANT_TABLES = ('intake_criteria', 'assessment', 'assessment_conflict', 'assessment_text')
GRANTS = """
grant select, insert on intake_criteria to verksted_app;
grant select, insert, update (kept_until, interviewer_id, starts_at, form, place, completed_at, outcome_id, version), delete on assessment to verksted_app;
grant select, insert, delete on assessment_conflict to verksted_app;
grant select, insert, update (sealed, gone_at), delete on assessment_text to verksted_app;
"""
FUNCTION = """
create function forget_what_was_confided() returns trigger language plpgsql as $$
begin
  delete from public.assessment_text t using public.assessment a
   where a.organisation_id = new.organisation_id and a.person_id = new.person_id
     and t.organisation_id = a.organisation_id and t.assessment_id = a.id;
  return null;
end $$
"""
TRIGGER = """
create trigger gone_with_the_place after insert on membership
  for each row execute function forget_what_was_confided()
"""



def upgrade() -> None:
    op.create_table('intake_criteria',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('criteria', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('adopted_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("criteria @> array['takes_responsibility', 'own_choice', 'sober']", name=op.f('ck_intake_criteria_not_left_to_anybody')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name='fk_intake_criteria_organisation'),
    sa.PrimaryKeyConstraint('organisation_id', 'version', name=op.f('pk_intake_criteria'))
    )
    op.create_table('assessment',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('criteria_version', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kept_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('interviewer_id', sa.Uuid(), nullable=True),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form', sa.Text(), nullable=True),
    sa.Column('place', sa.Text(), nullable=True),
    sa.Column('completed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("form in ('in_person', 'phone', 'video')", name=op.f('ck_assessment_form')),
    sa.CheckConstraint('(completed_at is null) = (outcome_id is null) and (completed_at is null or interviewer_id is not null)', name=op.f('ck_assessment_completed_with_an_outcome')),
    sa.CheckConstraint('interviewer_id <> person_id', name=op.f('ck_assessment_not_ones_own')),
    sa.CheckConstraint('num_nonnulls(interviewer_id, starts_at, form, place) in (0, 4)', name=op.f('ck_assessment_whole_appointment')),
    sa.ForeignKeyConstraint(['organisation_id', 'outcome_id'], ['intake_outcome.organisation_id', 'intake_outcome.id'], name='fk_assessment_outcome'),
    sa.ForeignKeyConstraint(['organisation_id', 'person_id'], ['registration.organisation_id', 'registration.person_id'], name='fk_assessment_registration'),
    sa.PrimaryKeyConstraint('organisation_id', 'id', name=op.f('pk_assessment'))
    )
    op.create_index('ix_assessment_asked', 'assessment', ['organisation_id', 'asked_at', 'id'], unique=False)
    op.create_index('ix_assessment_kept', 'assessment', ['organisation_id', 'kept_until'], unique=False)
    op.create_index('ix_assessment_person', 'assessment', ['organisation_id', 'person_id', 'asked_at'], unique=False)
    op.create_index('uq_assessment_live', 'assessment', ['organisation_id', 'person_id'], unique=True, postgresql_where=sa.text('completed_at is null'))
    op.create_table('assessment_conflict',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('assessment_id', sa.Uuid(), nullable=False),
    sa.Column('interviewer_id', sa.Uuid(), nullable=False),
    sa.Column('named_by', sa.Text(), nullable=False),
    sa.CheckConstraint("named_by in ('person', 'interviewer')", name=op.f('ck_assessment_conflict_named_by')),
    sa.ForeignKeyConstraint(['organisation_id', 'assessment_id'], ['assessment.organisation_id', 'assessment.id'], name='fk_assessment_conflict_assessment'),
    sa.PrimaryKeyConstraint('organisation_id', 'assessment_id', 'interviewer_id', name=op.f('pk_assessment_conflict'))
    )
    op.create_table('assessment_text',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('assessment_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('gone_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind in ('own_words', 'note', 'points')", name=op.f('ck_assessment_text_kind')),
    sa.ForeignKeyConstraint(['organisation_id', 'assessment_id'], ['assessment.organisation_id', 'assessment.id'], name='fk_assessment_text_assessment'),
    sa.PrimaryKeyConstraint('organisation_id', 'assessment_id', 'kind', name=op.f('pk_assessment_text'))
    )
    op.create_index('ix_assessment_text_gone', 'assessment_text', ['organisation_id', 'gone_at'], unique=False)
    for table in TENANT_TABLES:
        _secure(table)
    for statement in GRANTS.strip().splitlines():
        op.execute(statement)
    op.execute(FUNCTION)
    op.execute(TRIGGER)

def _secure(table: str) -> None:
    own = "organisation_id = (select current_setting('app.organisation', true)::uuid)"
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    op.execute(f"create policy own on {table} to verksted_app using ({own}) with check ({own})")


def downgrade() -> None:
    op.execute("drop trigger gone_with_the_place on membership")
    op.execute("drop function forget_what_was_confided()")
    op.drop_index('ix_assessment_text_gone', table_name='assessment_text')
    op.drop_table('assessment_text')
    op.drop_table('assessment_conflict')
    op.drop_index('ix_assessment_asked', table_name='assessment')
    op.drop_index('ix_assessment_kept', table_name='assessment')
    op.drop_index('ix_assessment_person', table_name='assessment')
    op.drop_index('uq_assessment_live', table_name='assessment', postgresql_where=sa.text('completed_at is null'))
    op.drop_table('assessment')
    op.drop_table('intake_criteria')
