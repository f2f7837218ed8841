"""The four jobs as each variant wants to be asked for them."""

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from bench.data import Data
from bench.machine import Server

JOBS = {
    "J1": "a member's group page",
    "J2": "a page of 50, filter and cursor",
    "J3": "GraphQL: 10 groups of one person, members and meetings",
    "J4": "a vote",
}
VARIANTS = ("raw", "idiomatic", "verksted")
_MOST = 160
"""Different requests of a job: enough that nothing depends on one row, few enough that each token is a known one."""
_OURS = """{ listMyGroups { ... on GroupList { items {
 id theme members { alias } nextMeeting { startsAt } upcomingMeetings { startsAt } } } } }"""
_THEIRS = """query ($person: UUID!) { groups(person: $person) {
 id theme members { alias } nextMeeting { startsAt } upcomingMeetings { startsAt } } }"""


def write_requests(data: Data, servers: dict[str, Server], mint: Callable[[str], str], folder: Path) -> None:
    """One file for each job and variant; each variant has answered one request of each before."""
    for variant, server in servers.items():
        for job in JOBS:
            lines = _lines(job, variant, data, server, mint)
            answer = server.ask(lines[0])
            if b'"errors"' in answer or b'"code"' in answer:
                raise RuntimeError(f"{variant}, {job}: {answer[:500]!r}")
            path_of(folder, job, variant).write_text("\n".join(lines) + "\n")


def path_of(folder: Path, job: str, variant: str) -> Path:
    """The file with the requests."""
    return folder / f"{job}-{variant}.tsv"


def _lines(job: str, variant: str, data: Data, server: Server, mint: Callable[[str], str]) -> list[str]:
    ours = variant == "verksted"
    match job:
        case "J1":
            path = "/v1/groups" if ours else "/groups"
            return [
                _line("GET", f"{path}/{group}", mint(subject) if ours else "")
                for subject, group in data.pages[:_MOST]
            ]
        case "J2":
            return _pages(data, server, "/v1" if ours else "", mint(data.coordinator) if ours else "")
        case "J3":
            return [
                _home(variant, str(person), mint(subject) if ours else "") for subject, person in data.homes
            ]
    lines = []
    for subject, ballot, membership in data.votes[:_MOST]:
        if ours:
            lines.append(_line("PUT", f"/v1/ballots/{ballot}/my-vote", mint(subject), {"choice": "for"}))
        else:
            vote = {"member_id": str(membership), "choice": "for"}
            lines.append(_line("POST", f"/ballots/{ballot}/votes", "", vote))
    return lines


def _line(method: str, path: str, token: str, body: object = None) -> str:
    return "\t".join((method, path, token, "" if body is None else json.dumps(body)))


def _home(variant: str, person: str, token: str) -> str:
    if variant == "raw":
        return _line("GET", f"/people/{person}", "")
    if variant == "idiomatic":
        return _line("POST", "/graphql", "", {"query": _THEIRS, "variables": {"person": person}})
    return _line("POST", "/graphql", token, {"query": _OURS})


def _pages(data: Data, server: Server, prefix: str, token: str) -> list[str]:
    """The first three pages, as far as there are so many."""
    lines: list[str] = []
    asked = {"form": "in_person", "limit": "50"}
    for _ in range(3):
        path = f"{prefix}/organisations/{data.organisation}/groups?{urlencode(asked)}"
        lines.append(_line("GET", path, token))
        cursor = json.loads(server.ask(lines[-1]))["next_cursor"]
        if cursor is None:
            break
        asked["cursor"] = cursor
    return lines
