"""The guides run as they stand: their shell blocks, in order, with bash and curl, against `verksted run`.

A block of JSON right after a block of shell is what that block's last answer has to hold: each member that stands there,
with its value; what isn't mentioned may be anything.
"""

import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import build_schema, parse, validate

from app.api.shared.docs_guides import TITLES
from tests.browser.real import running_service
from tools.guides import PAGES, SOURCES, pages

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SEEN = "@@@ seen {} @@@"
LOOKED_UP = {
    "docs/events.md",
    "docs/webhooks.md",
    "clients/README.md",
    "docs/streams.md",
    "docs/trusted-documents.md",
}
ALONE = [source for source in SOURCES.values() if source not in LOOKED_UP]
"""Guides that begin at the beginning; the others are pages to look things up in."""
_TOOLS = ("bash", "curl", "jq", "openssl")
PRELUDE = """\
set -euo pipefail
curl() { command curl --fail-with-body --max-time 30 "$@"; }
"""
"""So a call that is refused ends the guide, unless the guide says that it will be."""
EVENTS = """\
LIST=$(curl -s "$VERKSTED/v1/organisations?country=NO")
ORGANISATION=$(jq -r '.items[] | select(.municipalities == ["4601"]) | .id' <<< "$LIST")
TOKEN=$(curl -s "$VERKSTED/dev/token" -H 'Content-Type: application/json' -d '{"person": "kari"}' | jq -r .token)
"""
EVENTS_AFTER = """\
FEED="$VERKSTED/v1/organisations/$ORGANISATION/events"
NEXT=$(curl -s "$FEED" -H "Authorization: Bearer $TOKEN" | jq -r .next)
curl -s -D headers.txt "$FEED?after=$NEXT" -H "Authorization: Bearer $TOKEN" > page.json
ETAG=$(sed -n 's/\\r$//; s/^[Ee][Tt]ag: //p' headers.txt)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`verksted run` in a process of its own: migrated, seeded, serving."""
    if missing := [tool for tool in _TOOLS if shutil.which(tool) is None]:
        pytest.skip(f"no tools for the guides on this machine: {', '.join(missing)}")
    with running_service(tmp_path_factory.mktemp("guides"), VERKSTED_WEBHOOK_LOOPBACK="true") as url:
        yield url


def blocks(guide: str) -> list[tuple[str, str]]:
    """The fenced blocks of a guide: their language, and what stands in them."""
    return [(found[1], found[2]) for found in _BLOCK.finditer((ROOT / guide).read_text("utf-8"))]


def run(
    script: list[str], url: str, folder: Path, prelude: str = ""
) -> tuple["subprocess.CompletedProcess[str]", list[str]]:
    """Run blocks of shell one after the other in one bash; what it said, and what each of them has said."""
    marked = "".join(f"{block}\necho; echo '{_SEEN.format(number)}'\n" for number, block in enumerate(script))
    done = subprocess.run(
        [shutil.which("bash") or "bash", "-c", PRELUDE + prelude + marked],
        env={
            "VERKSTED": url,
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "RECEIVER_PORT": str(_free_port()),
        },
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done, re.split(r"@@@ seen \d+ @@@\n", done.stdout)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def last_json(said: str) -> Any:
    """The last JSON document that a block has printed."""
    for start in range(len(said)):
        if said[start] in "{[":
            try:
                found, end = json.JSONDecoder().raw_decode(said[start:])
            except ValueError:
                continue
            rest = said[start + end :]
            return last_json(rest) if "{" in rest else found
    raise AssertionError(f"no JSON in {said!r}")


def holds(wanted: Any, found: Any) -> bool:
    """Whether everything that is wanted is there."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(
            name in found and holds(value, found[name]) for name, value in wanted.items()
        )
    if isinstance(wanted, list):
        return isinstance(found, list) and len(wanted) == len(found) and all(map(holds, wanted, found))
    return bool(wanted == found)


def follow(guide: str, url: str, folder: Path) -> list[str]:
    """Run a guide and hold its answers against what it says of them."""
    found = blocks(guide)
    script = [text for language, text in found if language == "sh"]
    assert script, guide
    done, said = run(script, url, folder)
    assert done.returncode == 0, f"{guide} stopped after:\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}"
    number = -1
    for language, text in found:
        if language == "sh":
            number += 1
        elif language == "json":
            wanted, answer = json.loads(text), last_json(said[number])
            assert holds(wanted, answer), f"{guide}, block {number}: {wanted} isn't in {answer}"
    return said


@pytest.mark.parametrize("guide", ALONE)
def test_a_guide_runs_as_it_stands(guide: str, server: str, tmp_path: Path) -> None:
    said = follow(guide, server, tmp_path)
    if guide == "docs/integrate.md":
        assert any("It is from Verksted." in each for each in said)


def test_the_calls_of_the_page_on_events_run(server: str, tmp_path: Path) -> None:
    first, second = [text for language, text in blocks("docs/events.md") if language == "sh"]
    done, said = run([first, EVENTS_AFTER, second], server, tmp_path, EVENTS)
    assert done.returncode == 0, done.stderr
    assert last_json(said[0])["events"]
    assert said[2].strip() == ""  # nothing new: 304


def test_a_guide_that_is_refused_something_or_promises_too_much_is_red(server: str, tmp_path: Path) -> None:
    done, _ = run(['curl -s "$VERKSTED/v1/me"', "echo never"], server, tmp_path)
    assert done.returncode != 0
    assert "never" not in done.stdout
    assert not holds({"a": {"b": 1}}, {"a": {"b": 2}})
    assert not holds({"a": []}, {"a": [1]})
    assert holds({"a": {"b": 1}}, {"a": {"b": 1, "c": 2}})


def test_the_subscription_that_is_shown_is_one_of_the_schema() -> None:
    schema = build_schema((ROOT / "openapi" / "schema.graphql").read_text("utf-8"))
    shown = [text for language, text in blocks("docs/streams.md") if language == "graphql"]
    assert len(shown) == 1
    assert "... on News {" in shown[0]
    assert "... on Problem {" in shown[0]
    assert validate(schema, parse(shown[0])) == []
    words = schema.type_map["NewsWord"].to_kwargs()["values"]
    assert all(f"`{word}`" in (ROOT / "docs" / "streams.md").read_text("utf-8") for word in words)


def test_the_pages_are_what_the_guides_say() -> None:
    assert list(SOURCES) == list(TITLES)
    assert {path.name: path.read_text("utf-8") for path in PAGES.glob("*.html")} == pages(), (
        "python -m tools.guides"
    )
    written = {f"docs/admin/{path.name}" for path in (ROOT / "docs" / "admin").glob("*.md")}
    assert written <= set(SOURCES.values())
