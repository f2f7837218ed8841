"""What somebody might send who means no good, or whose client is broken: built from a good body."""

import copy
import json
from collections.abc import Iterator
from typing import Any

CANARY = "canary01017012345"
"""Stands wherever a caller may write; no answer may hold it."""
_C = CANARY.encode()

UNREADABLE: dict[str, bytes] = {
    "NaN": b'{"%b": NaN}' % _C,
    "infinity": b'{"%b": -Infinity}' % _C,
    "a float beyond": b'{"%b": 1e999}' % _C,
    "an integer beyond": b'{"%b": 99999999999999999999}' % _C,
    "5,000 digits": b'{"%b": %b}' % (_C, b"9" * 5000),
    "a lone surrogate": b'{"%b": "\\ud800"}' % _C,
    "a surrogate as a name": b'{"%b\\udfff": 1}' % _C,
    "NUL": b'{"%b": "\\u0000"}' % _C,
    "a name twice": b'{"%b": 1, "%b": 2}' % (_C, _C),
    "40 levels": b'{"%b": ' % _C + b"[" * 40 + b"]" * 40 + b"}",
    "100,000 levels": b"[" * 100_000,
    "cut off": b'{"alias": "%b' % _C,
    "latin-1": b'{"alias": "%b\xe5"}' % _C,
    "overlong UTF-8": b'{"alias": "%b\xc0\xaf"}' % _C,
    "a byte order mark": b"\xef\xbb\xbf{}",
    "UTF-16": '{"a": "b"}'.encode("utf-16"),
    "a form": b"alias=" + _C,
    "single quotes": b"{'alias': '%b'}" % _C,
    "a comment": b"{} // " + _C,
    "two documents": b"{} {}",
}
NOT_OBJECTS: tuple[Any, ...] = (None, True, 7, 1.5, CANARY, [], [CANARY], [{}])
BAD_IDS = (
    "0",
    "-1",
    CANARY,
    "null",
    "{6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c}",
    "urn:uuid:6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c",
    "6f1c1c528d0f4f0e9a340d4ed2ae2f9c",
    "6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9",
    "6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9g",
    "٦f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c",
    "6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c%00",
    "%ff",
    "%2e%2e",
    "'; drop table person; --",
    "9" * 3000,
)


def wrong_bodies(good: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Bodies that differ from the good one in one place, with a name for each. All of them have to be refused."""
    for thing in NOT_OBJECTS:
        yield f"{thing!r} instead of an object", thing
    for path, value in _places(good):
        name = "/".join(map(str, path))
        for other in _wrong(value):
            yield f"{name} = {str(other)[:40]!r}", _with(good, path, other)
        if isinstance(value, dict):
            yield f"{name} with a member more", _with(good, path, {**value, CANARY: CANARY})
    yield "a member more", {**good, CANARY: CANARY}
    yield "a prototype", {**good, "__proto__": {"role": CANARY}}


def _places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every place of a document where something stands, with what stands there; not the whole itself."""
    if path and value is not None:
        yield path, value
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _places(member, (*path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value[:1]):
            yield from _places(item, (*path, index))


def _wrong(value: Any) -> list[Any]:
    match value:
        case bool():
            return [CANARY, "true", 1, 0, None, [True], {CANARY: True}]
        case int():
            return [CANARY, str(value), True, value + 0.5, -(10**9), 10**12, [value], {CANARY: value}]
        case str():
            return [7, True, 1.5, [CANARY], {CANARY: CANARY}, CANARY * 200, f"{CANARY}\x1f\x7f" * 200]
        case list():
            return [CANARY, {CANARY: 1}, 7, [[CANARY]], [None], [{CANARY: 1}], [CANARY * 20] * 500]
        case _:
            return [CANARY, [], 7, [CANARY]]


def _with(document: dict[str, Any], path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    place: Any = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return changed


def as_json(value: Any) -> bytes:
    """The value as bytes of JSON."""
    return json.dumps(value).encode()
