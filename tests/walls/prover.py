"""pgrls over a database: what it finds, what it proves, and who reaches which rows by its matrix."""

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from pgrls.cli import main

ROOT = Path(__file__).parents[2]
RULES = ROOT / "pgrls.toml"
MATRIX = ROOT / "docs" / "walls-matrix.txt"
ROLES = ("PUBLIC", "verksted_app", "verksted_audit", "verksted_eraser", "verksted_tally", "verksted_worker")
"""The owner is not among them: FORCE binds it, `lint` finds a table without, and the service never runs as it."""
HEAD = """Who reaches which rows, by `pgrls matrix`: role, command, condition. What isn't there is denied.
Written by `make walls`; a test compares it with the migrated schema.
"""
_SETTING = re.compile(r"\( SELECT \(current_setting\('(app\.\w+)'::text, true\)\)::uuid AS current_setting\)")
_SET_OR_NOT = re.compile(
    r"\( SELECT \(NULLIF\(current_setting\('(app\.\w+)'::text, true\), ''::text\)\)::uuid AS \"nullif\"\)"
)
"""A setting that only some set: for all others it is empty once a connection has had it, and empty is none."""


def lint(url: str) -> set[tuple[str, str]]:
    """What the linter finds: rule and place."""
    told = _pgrls(url, "lint", "--config", str(RULES))
    return {(each["rule_id"], each["location"]) for each in told["violations"]}


def verdicts(url: str, mode: str, rules: Path = RULES) -> dict[str, str]:
    """By table: `isolated` (proven), `leak` or `unverified`."""
    told = _pgrls(url, "verify", "--strict", "--mode", mode, "--config", str(rules))
    return {each["table"].removeprefix("public."): each["verdict"].lower() for each in told["tables"]}


def matrix(url: str) -> str:
    """The whole matrix, a line for each role and condition."""
    told = _pgrls(url, "matrix", "--roles", ",".join(ROLES))
    lines = [HEAD]
    reached: dict[str, dict[tuple[str, str], list[str]]] = {}
    for row in told["rows"]:
        of_table = reached.setdefault(row["table"].removeprefix("public."), defaultdict(list))
        for role, cell in row["access"].items():
            if cell["verdict"] != "denied":
                of_table[role, _rows(cell)].append(row["command"].lower())
    for table, access in reached.items():
        lines.append(table)
        lines += [f"  {role}: {', '.join(done)}: {rows}" for (role, rows), done in sorted(access.items())]
    lines.append("\nWays past the policies that pgrls could not follow:")
    lines += [f"  {door}" for door in told["untraced_doors"]] or ["  none"]
    return "\n".join(lines) + "\n"


def _rows(cell: dict[str, Any]) -> str:
    condition = _SET_OR_NOT.sub(r"\1", _SETTING.sub(r"\1", cell["predicate"] or ""))
    how = {"open": "every row", "conditional": condition}.get(cell["verdict"], cell["verdict"])
    return f"{how} ({cell['note']})" if cell["note"] else how


def _pgrls(url: str, *words: str) -> Any:
    """In this process: starting Python and the prover anew takes longer than the proofs."""
    done = CliRunner().invoke(
        main, [*words, "--format", "json", "--database-url", url], catch_exceptions=False
    )
    assert done.exit_code in (0, 1), done.output
    return json.loads(done.stdout)
