"""the first rooms

Fits the code that runs while it runs: expand, backfill, contract; locks are taken for a short time only.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # Made from app/adapters/postgres/tables; all of them new.
    op.create_table('organisation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('country', sa.Text(), nullable=False),
    sa.Column('level', sa.Text(), nullable=False),
    sa.Column('parent_id', sa.Uuid(), nullable=True),
    sa.Column('municipalities', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('time_zone', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("country in ('NO', 'DK')", name=op.f('ck_organisation_country')),
    sa.CheckConstraint("level in ('national', 'district', 'local')", name=op.f('ck_organisation_level')),
    sa.CheckConstraint('parent_id <> id', name=op.f('ck_organisation_not_its_own_parent')),
    sa.ForeignKeyConstraint(['parent_id'], ['organisation.id'], name='fk_organisation_parent'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation'))
    )
    op.create_table('person',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('chosen_name', sa.Text(), nullable=False),
    sa.Column('languages', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('of_age_confirmed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('of_age_confirmed_by', sa.Text(), nullable=False),
    sa.Column('introduced_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("of_age_confirmed_by in ('self_declared', 'strong_login')", name=op.f('ck_person_confirmed_by')),
    sa.CheckConstraint('char_length(chosen_name) between 1 and 80', name=op.f('ck_person_chosen_name_length')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person'))
    )
    op.create_table('affiliation',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name='fk_affiliation_organisation'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_affiliation_person'),
    sa.PrimaryKeyConstraint('person_id', 'organisation_id', name=op.f('pk_affiliation'))
    )
    op.create_table('idempotency',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('key_hash', sa.LargeBinary(), nullable=False),
    sa.Column('fingerprint', sa.LargeBinary(), nullable=False),
    sa.Column('answer', sa.LargeBinary(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_idempotency_person'),
    sa.PrimaryKeyConstraint('person_id', 'key_hash', name=op.f('pk_idempotency'))
    )
    op.create_index('ix_idempotency_age', 'idempotency', ['person_id', 'created_at'], unique=False)
    op.create_table('identity',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('issuer', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('linked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_identity_person'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity'))
    )
    op.create_table('outbox',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('type', sa.Text(), nullable=False),
    sa.Column('subject', sa.Uuid(), nullable=False),
    sa.Column('ids', postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    sa.Column('occurred_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name='fk_outbox_organisation'),
    sa.PrimaryKeyConstraint('organisation_id', 'id', name=op.f('pk_outbox'))
    )
    op.create_index('ix_outbox_position', 'outbox', ['organisation_id', 'position'], unique=False)
    op.create_table('policy',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('effective_from', sa.DateTime(timezone=True), nullable=False),
    sa.Column('intake_mode', sa.Text(), nullable=False),
    sa.Column('minimum_age', sa.Integer(), nullable=False),
    sa.Column('youth_programme', sa.Boolean(), nullable=False),
    sa.Column('size_warn_below', sa.Integer(), nullable=False),
    sa.Column('size_start_min', sa.Integer(), nullable=False),
    sa.Column('size_max', sa.Integer(), nullable=False),
    sa.Column('ballot_rule', sa.Text(), nullable=False),
    sa.Column('ballot_quorum_percent', sa.Integer(), nullable=False),
    sa.Column('ballot_window_days', sa.Integer(), nullable=False),
    sa.Column('entry_offer_days', sa.Integer(), nullable=False),
    sa.Column('application_wait_days', sa.Integer(), nullable=False),
    sa.Column('reapply_after_days', sa.Integer(), nullable=False),
    sa.Column('intake_valid_days', sa.Integer(), nullable=False),
    sa.Column('parallel_membership', sa.Boolean(), nullable=False),
    sa.CheckConstraint('ballot_window_days >= 7 and ballot_quorum_percent >= 50', name=op.f('ck_policy_ballots')),
    sa.CheckConstraint('size_max between 5 and 8 and size_start_min between 3 and 5', name=op.f('ck_policy_sizes')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name='fk_policy_organisation'),
    sa.PrimaryKeyConstraint('organisation_id', 'version', name=op.f('pk_policy')),
    sa.UniqueConstraint('organisation_id', 'effective_from', name='uq_policy_effective_from')
    )
    op.create_table('registration',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('registered_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('char_length(name) between 1 and 80', name=op.f('ck_registration_name_length')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name='fk_registration_organisation'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name='fk_registration_person'),
    sa.PrimaryKeyConstraint('organisation_id', 'person_id', name=op.f('pk_registration'))
    )
    op.create_table('self_help_group',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('theme', sa.Text(), nullable=True),
    sa.Column('form', sa.Text(), nullable=False),
    sa.Column('area', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.Column('generation_formed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_for_new_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('application_code', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("form in ('in_person', 'phone', 'video')", name=op.f('ck_self_help_group_form')),
    sa.CheckConstraint('generation >= 1', name=op.f('ck_self_help_group_generation')),
    sa.CheckConstraint('seats between 3 and 8', name=op.f('ck_self_help_group_seats')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name='fk_group_organisation'),
    sa.PrimaryKeyConstraint('organisation_id', 'id', name=op.f('pk_self_help_group')),
    sa.UniqueConstraint('organisation_id', 'application_code', name='uq_group_application_code')
    )
    op.create_index('ix_group_page', 'self_help_group', ['organisation_id', 'created_at', 'id'], unique=False)
    op.create_table('application',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('applicant_id', sa.Uuid(), nullable=False),
    sa.Column('alias', sa.Text(), nullable=False),
    sa.Column('introduction', sa.Text(), nullable=False),
    sa.Column('known_as', sa.Text(), nullable=True),
    sa.Column('applied_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('waits_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('declined_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('char_length(alias) between 1 and 40', name=op.f('ck_application_alias_length')),
    sa.CheckConstraint('char_length(introduction) between 1 and 2000', name=op.f('ck_application_introduction_length')),
    sa.CheckConstraint('num_nonnulls(withdrawn_at, declined_at, entered_at) <= 1', name=op.f('ck_application_one_end')),
    sa.ForeignKeyConstraint(['organisation_id', 'applicant_id'], ['registration.organisation_id', 'registration.person_id'], name='fk_application_registration'),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id'], ['self_help_group.organisation_id', 'self_help_group.id'], name='fk_application_group'),
    sa.PrimaryKeyConstraint('organisation_id', 'id', name=op.f('pk_application')),
    sa.UniqueConstraint('organisation_id', 'group_id', 'id', 'applicant_id', name='uq_application_applicant')
    )
    op.create_index('ix_application_by_applicant', 'application', ['organisation_id', 'applicant_id'], unique=False)
    op.create_index('ix_application_by_group', 'application', ['organisation_id', 'group_id', 'applied_at', 'id'], unique=False)
    op.create_index('uq_application_live', 'application', ['organisation_id', 'group_id', 'applicant_id'], unique=True, postgresql_where=sa.text('closed_at is null and withdrawn_at is null and declined_at is null and entered_at is null'))
    op.create_table('generation',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('formed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ballot_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id'], ['self_help_group.organisation_id', 'self_help_group.id'], name='fk_generation_group'),
    sa.PrimaryKeyConstraint('organisation_id', 'group_id', 'number', name=op.f('pk_generation'))
    )
    op.create_table('intake_outcome',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('method', sa.Text(), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=False),
    sa.Column('signposted_to', sa.ARRAY(sa.Text()), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('valid_until', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("method in ('conversation', 'self_declaration')", name=op.f('ck_intake_outcome_method')),
    sa.CheckConstraint("outcome <> 'other_help' or cardinality(signposted_to) > 0", name=op.f('ck_intake_outcome_signposting')),
    sa.CheckConstraint("outcome in ('group', 'not_now', 'other_help')", name=op.f('ck_intake_outcome_outcome')),
    sa.ForeignKeyConstraint(['organisation_id', 'person_id'], ['registration.organisation_id', 'registration.person_id'], name='fk_intake_outcome_registration'),
    sa.PrimaryKeyConstraint('organisation_id', 'id', name=op.f('pk_intake_outcome'))
    )
    op.create_index('ix_intake_outcome_person', 'intake_outcome', ['organisation_id', 'person_id', 'recorded_at'], unique=False)
    op.create_table('meeting',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('not_held_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('char_length(place) between 1 and 200', name=op.f('ck_meeting_place_length')),
    sa.CheckConstraint('minutes between 15 and 480', name=op.f('ck_meeting_minutes')),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id'], ['self_help_group.organisation_id', 'self_help_group.id'], name='fk_meeting_group'),
    sa.PrimaryKeyConstraint('organisation_id', 'id', name=op.f('pk_meeting'))
    )
    op.create_index('ix_meeting_by_group', 'meeting', ['organisation_id', 'group_id', 'starts_at', 'id'], unique=False)
    op.create_table('placement',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('declined_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('num_nonnulls(accepted_at, declined_at, withdrawn_at) <= 1', name=op.f('ck_placement_one_answer')),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id'], ['self_help_group.organisation_id', 'self_help_group.id'], name='fk_placement_group'),
    sa.ForeignKeyConstraint(['organisation_id', 'person_id'], ['registration.organisation_id', 'registration.person_id'], name='fk_placement_registration'),
    sa.PrimaryKeyConstraint('organisation_id', 'id', name=op.f('pk_placement')),
    sa.UniqueConstraint('organisation_id', 'group_id', 'id', 'person_id', name='uq_placement_person')
    )
    op.create_index('ix_placement_by_person', 'placement', ['organisation_id', 'person_id'], unique=False)
    op.create_index('uq_placement_live', 'placement', ['organisation_id', 'group_id', 'person_id'], unique=True, postgresql_where=sa.text('declined_at is null and withdrawn_at is null'))
    op.create_table('role_grant',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('granted_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("role in ('administrator', 'coordinator', 'interviewer', 'starter')", name=op.f('ck_role_grant_role')),
    sa.ForeignKeyConstraint(['organisation_id', 'person_id'], ['registration.organisation_id', 'registration.person_id'], name='fk_role_grant_registration'),
    sa.PrimaryKeyConstraint('organisation_id', 'person_id', 'role', name=op.f('pk_role_grant'))
    )
    op.create_table('staff_declaration',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('text_version', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('text_sha256', sa.Text(), nullable=False),
    sa.Column('typed_name', sa.Text(), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id', 'person_id'], ['registration.organisation_id', 'registration.person_id'], name='fk_staff_declaration_registration'),
    sa.PrimaryKeyConstraint('organisation_id', 'person_id', 'text_version', name=op.f('pk_staff_declaration'))
    )
    op.create_table('ballot',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=True),
    sa.Column('applicant_id', sa.Uuid(), nullable=True),
    sa.Column('rule', sa.Text(), nullable=False),
    sa.Column('quorum_percent', sa.Integer(), nullable=False),
    sa.Column('secret', sa.Boolean(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('voided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(question = 'admission') = (application_id is not null) and (application_id is null) = (applicant_id is null)", name=op.f('ck_ballot_subject')),
    sa.CheckConstraint("closes_at >= opened_at + interval '7 days'", name=op.f('ck_ballot_window')),
    sa.CheckConstraint("question in ('open_for_new_people', 'admission')", name=op.f('ck_ballot_question')),
    sa.CheckConstraint('num_nonnulls(withdrawn_at, voided_at, counted_at) <= 1', name=op.f('ck_ballot_one_end')),
    sa.CheckConstraint('quorum_percent between 50 and 100', name=op.f('ck_ballot_quorum')),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'application_id', 'applicant_id'], ['application.organisation_id', 'application.group_id', 'application.id', 'application.applicant_id'], name='fk_ballot_application'),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'generation'], ['generation.organisation_id', 'generation.group_id', 'generation.number'], name='fk_ballot_generation'),
    sa.PrimaryKeyConstraint('organisation_id', 'id', name=op.f('pk_ballot')),
    sa.UniqueConstraint('organisation_id', 'group_id', 'id', 'applicant_id', name='uq_ballot_applicant'),
    sa.UniqueConstraint('organisation_id', 'group_id', 'id', name='uq_ballot_group')
    )
    op.create_index('ix_ballot_by_application', 'ballot', ['organisation_id', 'application_id', 'opened_at'], unique=False)
    op.create_index('ix_ballot_by_group', 'ballot', ['organisation_id', 'group_id', 'opened_at', 'id'], unique=False)
    op.create_index('ix_ballot_live', 'ballot', ['organisation_id', 'group_id'], unique=False, postgresql_where=sa.text('counted_at is null and voided_at is null and withdrawn_at is null'))
    op.create_index('uq_ballot_live_application', 'ballot', ['organisation_id', 'application_id'], unique=True, postgresql_where=sa.text('counted_at is null and voided_at is null and withdrawn_at is null'))
    op.create_index('uq_ballot_live_opening', 'ballot', ['organisation_id', 'group_id'], unique=True, postgresql_where=sa.text("question = 'open_for_new_people' and counted_at is null and voided_at is null and withdrawn_at is null"))
    op.create_table('ballot_outcome',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('ballot_id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('applicant_id', sa.Uuid(), nullable=True),
    sa.Column('verdict', sa.Text(), nullable=False),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('offer_expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(offer_expires_at is not null) = (verdict = 'adopted' and applicant_id is not null)", name=op.f('ck_ballot_outcome_offer')),
    sa.CheckConstraint("verdict in ('adopted', 'not_adopted', 'lapsed')", name=op.f('ck_ballot_outcome_verdict')),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'ballot_id', 'applicant_id'], ['ballot.organisation_id', 'ballot.group_id', 'ballot.id', 'ballot.applicant_id'], name='fk_ballot_outcome_applicant'),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'ballot_id'], ['ballot.organisation_id', 'ballot.group_id', 'ballot.id'], name='fk_ballot_outcome_ballot'),
    sa.PrimaryKeyConstraint('organisation_id', 'ballot_id', name=op.f('pk_ballot_outcome')),
    sa.UniqueConstraint('organisation_id', 'group_id', 'ballot_id', 'applicant_id', 'verdict', name='uq_ballot_outcome_verdict')
    )
    op.create_table('membership',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('alias', sa.Text(), nullable=False),
    sa.Column('placement_id', sa.Uuid(), nullable=True),
    sa.Column('ballot_id', sa.Uuid(), nullable=True),
    sa.Column('ballot_verdict', sa.Text(), nullable=True),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(ballot_id is null) = (ballot_verdict is null) and coalesce(ballot_verdict = 'adopted', true)", name=op.f('ck_membership_only_adopted')),
    sa.CheckConstraint('char_length(alias) between 1 and 40', name=op.f('ck_membership_alias_length')),
    sa.CheckConstraint('left_at >= joined_at', name=op.f('ck_membership_left_after_joining')),
    sa.CheckConstraint('num_nonnulls(placement_id, ballot_id) = 1', name=op.f('ck_membership_one_founding_fact')),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'ballot_id', 'person_id', 'ballot_verdict'], ['ballot_outcome.organisation_id', 'ballot_outcome.group_id', 'ballot_outcome.ballot_id', 'ballot_outcome.applicant_id', 'ballot_outcome.verdict'], name='fk_membership_adopted_ballot'),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'generation'], ['generation.organisation_id', 'generation.group_id', 'generation.number'], name='fk_membership_generation'),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'placement_id', 'person_id'], ['placement.organisation_id', 'placement.group_id', 'placement.id', 'placement.person_id'], name='fk_membership_placement'),
    sa.PrimaryKeyConstraint('organisation_id', 'id', name=op.f('pk_membership')),
    sa.UniqueConstraint('organisation_id', 'ballot_id', name='uq_membership_ballot'),
    sa.UniqueConstraint('organisation_id', 'group_id', 'id', name='uq_membership_group'),
    sa.UniqueConstraint('organisation_id', 'placement_id', name='uq_membership_placement')
    )
    op.create_index('ix_membership_by_person', 'membership', ['organisation_id', 'person_id'], unique=False)
    op.create_index('uq_membership_alias', 'membership', ['organisation_id', 'group_id', sa.literal_column('lower(alias)')], unique=True, postgresql_where=sa.text('left_at is null'))
    op.create_index('uq_membership_live', 'membership', ['organisation_id', 'group_id', 'person_id'], unique=True, postgresql_where=sa.text('left_at is null'))
    op.create_table('ballot_roll',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('ballot_id', sa.Uuid(), nullable=False),
    sa.Column('membership_id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('has_voted', sa.Boolean(), nullable=False),
    sa.Column('dropped_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('not (has_voted and dropped_at is not null)', name=op.f('ck_ballot_roll_dropped_without_vote')),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'ballot_id'], ['ballot.organisation_id', 'ballot.group_id', 'ballot.id'], name='fk_ballot_roll_ballot'),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'membership_id'], ['membership.organisation_id', 'membership.group_id', 'membership.id'], name='fk_ballot_roll_membership'),
    sa.PrimaryKeyConstraint('organisation_id', 'ballot_id', 'membership_id', name=op.f('pk_ballot_roll'))
    )
    op.create_table('declaration',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.Column('membership_id', sa.Uuid(), nullable=False),
    sa.Column('how', sa.Text(), nullable=False),
    sa.Column('text_version', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('text_sha256', sa.Text(), nullable=False),
    sa.Column('typed_name', sa.Text(), nullable=True),
    sa.Column('witnessed_by', sa.Uuid(), nullable=True),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(how = 'in_app') = (typed_name is not null)", name=op.f('ck_declaration_typed_name')),
    sa.CheckConstraint("(how = 'on_paper') = (witnessed_by is not null)", name=op.f('ck_declaration_witness')),
    sa.CheckConstraint("how in ('in_app', 'on_paper')", name=op.f('ck_declaration_how')),
    sa.CheckConstraint('witnessed_by <> membership_id', name=op.f('ck_declaration_not_ones_own_witness')),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'generation'], ['generation.organisation_id', 'generation.group_id', 'generation.number'], name='fk_declaration_generation'),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'membership_id'], ['membership.organisation_id', 'membership.group_id', 'membership.id'], name='fk_declaration_membership'),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'witnessed_by'], ['membership.organisation_id', 'membership.group_id', 'membership.id'], name='fk_declaration_witness'),
    sa.PrimaryKeyConstraint('organisation_id', 'id', name=op.f('pk_declaration')),
    sa.UniqueConstraint('organisation_id', 'group_id', 'generation', 'membership_id', name='uq_declaration_generation')
    )
    op.create_table('seat',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('membership_id', sa.Uuid(), nullable=True),
    sa.Column('ballot_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint('num_nonnulls(membership_id, ballot_id) = 1', name=op.f('ck_seat_one_holder')),
    sa.CheckConstraint('number between 1 and 8', name=op.f('ck_seat_number')),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'ballot_id'], ['ballot.organisation_id', 'ballot.group_id', 'ballot.id'], name='fk_seat_ballot'),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id', 'membership_id'], ['membership.organisation_id', 'membership.group_id', 'membership.id'], name='fk_seat_membership'),
    sa.ForeignKeyConstraint(['organisation_id', 'group_id'], ['self_help_group.organisation_id', 'self_help_group.id'], name='fk_seat_group'),
    sa.PrimaryKeyConstraint('organisation_id', 'group_id', 'number', name=op.f('pk_seat')),
    sa.UniqueConstraint('organisation_id', 'ballot_id', name='uq_seat_ballot'),
    sa.UniqueConstraint('organisation_id', 'membership_id', name='uq_seat_membership')
    )
    op.create_table('envelope',
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('ballot_id', sa.Uuid(), nullable=False),
    sa.Column('membership_id', sa.Uuid(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint('octet_length(sealed) = 80', name=op.f('ck_envelope_constant_length')),
    sa.ForeignKeyConstraint(['organisation_id', 'ballot_id', 'membership_id'], ['ballot_roll.organisation_id', 'ballot_roll.ballot_id', 'ballot_roll.membership_id'], name='fk_envelope_roll'),
    sa.PrimaryKeyConstraint('organisation_id', 'ballot_id', 'membership_id', name=op.f('pk_envelope'))
    )


def downgrade() -> None:
    # Made from app/adapters/postgres/tables; all of them new.
    op.drop_table('envelope')
    op.drop_table('seat')
    op.drop_table('declaration')
    op.drop_table('ballot_roll')
    op.drop_index('uq_membership_live', table_name='membership', postgresql_where=sa.text('left_at is null'))
    op.drop_index('uq_membership_alias', table_name='membership', postgresql_where=sa.text('left_at is null'))
    op.drop_index('ix_membership_by_person', table_name='membership')
    op.drop_table('membership')
    op.drop_table('ballot_outcome')
    op.drop_index('uq_ballot_live_opening', table_name='ballot', postgresql_where=sa.text("question = 'open_for_new_people' and counted_at is null and voided_at is null and withdrawn_at is null"))
    op.drop_index('uq_ballot_live_application', table_name='ballot', postgresql_where=sa.text('counted_at is null and voided_at is null and withdrawn_at is null'))
    op.drop_index('ix_ballot_live', table_name='ballot', postgresql_where=sa.text('counted_at is null and voided_at is null and withdrawn_at is null'))
    op.drop_index('ix_ballot_by_group', table_name='ballot')
    op.drop_index('ix_ballot_by_application', table_name='ballot')
    op.drop_table('ballot')
    op.drop_table('staff_declaration')
    op.drop_table('role_grant')
    op.drop_index('uq_placement_live', table_name='placement', postgresql_where=sa.text('declined_at is null and withdrawn_at is null'))
    op.drop_index('ix_placement_by_person', table_name='placement')
    op.drop_table('placement')
    op.drop_index('ix_meeting_by_group', table_name='meeting')
    op.drop_table('meeting')
    op.drop_index('ix_intake_outcome_person', table_name='intake_outcome')
    op.drop_table('intake_outcome')
    op.drop_table('generation')
    op.drop_index('uq_application_live', table_name='application', postgresql_where=sa.text('closed_at is null and withdrawn_at is null and declined_at is null and entered_at is null'))
    op.drop_index('ix_application_by_group', table_name='application')
    op.drop_index('ix_application_by_applicant', table_name='application')
    op.drop_table('application')
    op.drop_index('ix_group_page', table_name='self_help_group')
    op.drop_table('self_help_group')
    op.drop_table('registration')
    op.drop_table('policy')
    op.drop_index('ix_outbox_position', table_name='outbox')
    op.drop_table('outbox')
    op.drop_table('identity')
    op.drop_index('ix_idempotency_age', table_name='idempotency')
    op.drop_table('idempotency')
    op.drop_table('affiliation')
    op.drop_table('person')
    op.drop_table('organisation')
