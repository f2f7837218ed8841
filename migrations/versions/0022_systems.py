"""systems: their accounts, and the door by which a transaction of a system opens

Fits the code that runs while it runs: table and function are new.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

HERE = "organisation_id = (select current_setting('app.organisation', true)::uuid)"
NIL = "00000000-0000-0000-0000-000000000000"
GRANT = (
    "grant select, insert, update (name, purpose, suppliers, scopes, expires_at, revoked_at, last_used_at, version)"
    " on system_account to verksted_app"
)
ENTER = f"""
create function enter_system(login uuid, organisation uuid, supplier text, moment timestamptz) returns uuid
language plpgsql as $$
declare
  account uuid;
begin
  perform set_config('app.person', '{NIL}', true);
  perform set_config('app.organisation', organisation::text, true);
  select s.id into account from public.system_account s
    where s.organisation_id = organisation and s.login_id = login and s.revoked_at is null
      and s.holds_from <= moment and s.expires_at > moment
      and (supplier is null or supplier = any(s.suppliers));
  if account is null then
    account := '{NIL}';
    perform set_config('app.organisation', '{NIL}', true);
  else
    update public.system_account u set last_used_at = date_trunc('hour', moment)
      where u.organisation_id = organisation and u.id in (
        select s.id from public.system_account s
          where s.organisation_id = organisation and s.id = account
            and s.last_used_at is distinct from date_trunc('hour', moment)
          for no key update skip locked);
  end if;
  perform set_config('app.system', account::text, true);
  return account;
end $$
"""


def upgrade() -> None:
    op.create_table(
        "system_account",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("login_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("consumer", sa.Text(), nullable=True),
        sa.Column("suppliers", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("client_id", sa.Text(), nullable=True),
        sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("holds_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(issuer, client_id) = case when consumer is null then 2 else 0 end",
            name=op.f("ck_system_account_login"),
        ),
        sa.CheckConstraint("consumer ~ '^[0-9]{9}$'", name=op.f("ck_system_account_consumer")),
        sa.CheckConstraint(
            "consumer is not null or cardinality(suppliers) = 0", name=op.f("ck_system_account_suppliers")
        ),
        sa.CheckConstraint("cardinality(scopes) > 0", name=op.f("ck_system_account_scopes")),
        sa.CheckConstraint("expires_at > holds_from", name=op.f("ck_system_account_time")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_system_account_organisation"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "id", name=op.f("pk_system_account")),
    )
    op.create_index(
        "uq_system_account_login",
        "system_account",
        ["organisation_id", "login_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at is null"),
    )
    op.create_index("ix_system_account_page", "system_account", ["organisation_id", "registered_at", "id"])
    op.execute("alter table system_account enable row level security")
    op.execute("alter table system_account force row level security")
    op.execute(f"create policy own on system_account to verksted_app using ({HERE}) with check ({HERE})")
    op.execute(GRANT)
    op.execute(ENTER)


def downgrade() -> None:
    op.execute("drop function enter_system(uuid, uuid, text, timestamptz)")
    op.drop_table("system_account")
