#!/bin/sh
# Everything that can be checked without running the suite. Each check says its name; the first failure ends it.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin
say() { printf '\n== %s\n' "$1"; }
say "ruff: lint"
$bin/ruff check .
say "ruff: format"
$bin/ruff format --check -q .
say "mypy: strict"
$bin/mypy
say "import contracts"
$bin/lint-imports
say "migrations: squawk"
tools/squawk.sh
say "no address, path or secret in what is committed"
tools/clean_tree.sh
say "known vulnerabilities"
tools/audit.sh
