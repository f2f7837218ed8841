"""Who may do what, as a table that can be read: made from what the service really answered (`test_parity`)."""

import os
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from app.api.shared.operations import ALL, Operation

PAGE = Path(__file__).parents[2] / "docs" / "access.md"
WRITES = os.environ.get("VERKSTED_WRITE_ACCESS") == "1"
"""`make access` sets it: the page is written anew in place of being compared."""

ALLOWED, HIDDEN, NO_LOGIN = "yes", "–", "login"
_NOT_FOUND = "not_found"
_HEAD = """# Who may do what

Each operation of the table (REST and GraphQL alike), asked by everybody who could ask, in one fixed state of the world
(`tests/parity/scene.py`: a closed group in its second generation, a forming one, applications at every stage, a course,
staff). **This page is made from what the service answered**: `make access` writes it, and the parity suite fails where it
is stale or an operation is missing. It shows one state; what a clock or a count decides is in the rules and their tests.

| mark | meaning |
|---|---|
| yes | it was done, or shown (as much of it as the view shows to this one) |
| – | the same 404 as if it didn't exist |
| login | 401: a token is needed |
| a word | refused by this code, which is the last part of `feature.word` |

**Step-up** names the least assurance of the login that an operation asks for.
"""


def decided(codes: Sequence[str]) -> str:
    """What stands in the cell, from the codes of all samples: allowed where one of them was."""
    if "ok" in codes:
        return ALLOWED
    code = codes[0]
    if code.endswith(_NOT_FOUND):
        return HIDDEN
    return NO_LOGIN if code == "shared.unauthenticated" else code.split(".", 1)[-1]


def row(operation: Operation, viewers: Sequence[str], cells: Mapping[str, str]) -> str:
    """One operation's line."""
    step = "" if operation.assurance is None else operation.assurance.name.lower()
    asked = f"`{operation.name}`<br>{operation.method} {operation.path.removeprefix('/v1')}"
    return "| " + " | ".join((asked, step, *(cells[viewer] for viewer in viewers))) + " |"


def page(viewers: Sequence[str], decisions: Mapping[str, Mapping[str, str]]) -> str:
    """The whole page; `KeyError` for an operation that nobody has asked for."""
    parts = [_HEAD]
    ordered = sorted(ALL, key=lambda operation: (operation.feature, operation.path, operation.method))
    for feature, operations in groupby(ordered, key=lambda operation: operation.feature):
        parts.append(f"\n## {feature.capitalize()}\n")
        parts.append(f"| | step-up | {' | '.join(viewers)} |")
        parts.append("|" + "---|" * (len(viewers) + 2))
        parts += [row(operation, viewers, decisions[operation.name]) for operation in operations]
    return "\n".join(parts) + "\n"
