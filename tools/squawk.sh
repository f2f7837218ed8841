#!/bin/sh
# Lint the migrations as SQL. Rules that are left out stand in .squawk.toml with their reasons.
set -eu
cd "$(dirname "$0")/.."
sql=$(mktemp --suffix=.sql)
trap 'rm -f "$sql"' EXIT
.venv/bin/python -c "
from contextlib import redirect_stdout
from alembic import command
from app.adapters.postgres.migrating import alembic_config
import io, sys
out = io.StringIO()
config = alembic_config('postgresql://nowhere')
config.output_buffer = out
command.upgrade(config, 'head', sql=True)
open(sys.argv[1], 'w').write(\"set lock_timeout = '4s';\nset statement_timeout = '5s';\n\" + out.getvalue())
" "$sql"
.venv/bin/squawk --config .squawk.toml "$sql"
