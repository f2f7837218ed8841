"""messages to people: how they want them, which kinds they have chosen, and that some were sent; when a meeting was moved

Fits the code that runs while it runs: the tables are new, the column may be missing, and the check lets more through.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0035"
down_revision: str | None = "0039"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OWN = "organisation_id = (select current_setting('app.organisation', true)::uuid)"
KINDS = (
    "kind in ('meeting_reminder', 'meeting_changed', 'ballot_open', 'outcome', 'offer', 'declaration_due',"
    " 'starter_exit', 'training_due', 'intake_appointment')"
)
PURPOSES = "'taking_part', 'contact_about_group', 'contact_about_intake', 'introduction_to_group'"
MORE = f"{PURPOSES}, 'messages_about_intake', 'messages_about_helping'"
TABLES = ("message_setting", "message_choice", "message")
GRANTS = (
    "grant select, insert, update (language, time_zone, quiet_from, quiet_until, look_at) on message_setting"
    " to verksted_app",
    "grant select, insert, delete on message_choice to verksted_app",
    "grant select, insert, update (attempts, try_at, sent_at, refused_at) on message to verksted_app",
    *(f"grant select, delete on {table} to verksted_eraser" for table in TABLES),
    "grant update (moved_at) on meeting to verksted_app",
)


def _of_registered(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id", "person_id"],
        ["registration.organisation_id", "registration.person_id"],
        name=f"fk_{table}_registration",
    )


def _purposes(allowed: str) -> None:
    # Added as not valid and proved afterwards: no lock is held while the table is read.
    op.execute("alter table consent drop constraint ck_consent_purpose")
    op.execute(f"alter table consent add constraint ck_consent_purpose check (purpose in ({allowed})) not valid")
    op.execute("alter table consent validate constraint ck_consent_purpose")


def upgrade() -> None:
    op.add_column("meeting", sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True))
    _purposes(MORE)
    op.create_table(
        "message_setting",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=True),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_until", sa.Time(), nullable=True),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("language in ('nb', 'nn', 'da', 'en')", name=op.f("ck_message_setting_language")),
        sa.CheckConstraint(
            "char_length(time_zone) between 1 and 60", name=op.f("ck_message_setting_time_zone_length")
        ),
        sa.CheckConstraint(
            "num_nonnulls(quiet_from, quiet_until) in (0, 2)", name=op.f("ck_message_setting_quiet_both")
        ),
        sa.CheckConstraint("quiet_from <> quiet_until", name=op.f("ck_message_setting_quiet_apart")),
        _of_registered("message_setting"),
        sa.PrimaryKeyConstraint("organisation_id", "person_id", name=op.f("pk_message_setting")),
    )
    op.create_index(
        "ix_message_setting_look",
        "message_setting",
        ["organisation_id", "look_at"],
        postgresql_where=sa.text("look_at is not null"),
    )
    op.create_table(
        "message_choice",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_message_choice_kind")),
        _of_registered("message_choice"),
        sa.PrimaryKeyConstraint("organisation_id", "person_id", "kind", name=op.f("pk_message_choice")),
    )
    op.create_table(
        "message",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(KINDS, name=op.f("ck_message_kind")),
        sa.CheckConstraint("attempts between 0 and 1000", name=op.f("ck_message_attempts")),
        sa.CheckConstraint("until > due_at", name=op.f("ck_message_until")),
        sa.CheckConstraint("num_nonnulls(sent_at, refused_at) <= 1", name=op.f("ck_message_one_end")),
        _of_registered("message"),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_message")),
    )
    op.create_index(
        "uq_message_occasion",
        "message",
        ["organisation_id", "person_id", "kind", "subject_id", "due_at"],
        unique=True,
    )
    op.create_index("ix_message_by_person", "message", ["organisation_id", "person_id", "due_at", "id"])
    op.create_index("ix_message_age", "message", ["organisation_id", "until"])
    for table in TABLES:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(
            f"create policy own on {table} to verksted_app, verksted_eraser using ({OWN}) with check ({OWN})"
        )
    for grant in GRANTS:
        op.execute(grant)


def downgrade() -> None:
    op.execute("revoke update (moved_at) on meeting from verksted_app")
    for table in reversed(TABLES):
        op.execute(f"revoke all on {table} from verksted_app, verksted_eraser")
        op.drop_table(table)
    # What was consented to under the newer purposes goes with them: an older service knows no words for it.
    op.execute("delete from consent where purpose in ('messages_about_intake', 'messages_about_helping')")
    _purposes(PURPOSES)
    op.drop_column("meeting", "moved_at")
