"""Which version somebody has read: strong ETags over the viewer's own representation (RFC 9110, 8.8 and 13).

The tag hashes what this viewer sees in this language, and nothing else, so that it moves with nothing that they
may not know of (a ballot's tag stands still while others vote).
"""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from starlette.responses import Response

from app.content.texts import Language
from app.domain.shared.errors import PreconditionRequired, Stale

View = TypeVar("View")
_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
_LIST = re.compile(rf"[ \t,]*{_TAG.pattern}(?:[ \t]*,[ \t]*(?:{_TAG.pattern})?)*[ \t]*")
_LONGEST_HEADER = 2048


def etag_of(representation: bytes, language: Language | None = None) -> str:
    """The strong ETag, quoted, of what one viewer sees."""
    # Most processors compute SHA-256 themselves: a page of 50 takes 14 µs, and with BLAKE2 it took 110.
    digest = sha256(representation if language is None else language.encode() + b"\0" + representation)
    return f'"{digest.hexdigest()[:32]}"'


def require_match(if_match: str | None, etag: str) -> None:
    """Refuse a change that does not build on the present version.

    Raises `PreconditionRequired` without `If-Match`, `Stale` where it names another version (or nonsense, or a
    weak tag). `*` matches whatever is there.
    """
    if if_match is None or not if_match.strip():
        raise PreconditionRequired
    if if_match.strip() != "*" and etag not in _tags(if_match):
        raise Stale


def precondition(if_match: str | None, represent: Callable[[View], str]) -> Callable[[View], None]:
    """The check to hand to a use case, which calls it with the view under lock, before it changes anything.

    `represent` gives the ETag of a view. Raises `PreconditionRequired` at once where the header is missing.
    """
    if if_match is None or not if_match.strip():
        raise PreconditionRequired
    return lambda view: require_match(if_match, represent(view))


def is_unchanged(if_none_match: str | None, etag: str) -> bool:
    """Whether the caller's copy is still good (weak comparison). Only ask after authorisation."""
    if if_none_match is None:
        return False
    if if_none_match.strip() == "*":
        return True
    return etag in (tag.removeprefix("W/") for tag in _tags(if_none_match))


def answer_with_etag(
    body: bytes, if_none_match: str | None = None, language: Language | None = None
) -> Response:
    """200 with the JSON body and its ETag, or 304 where the caller has it already. Only after authorisation."""
    etag = etag_of(body, language)
    headers = {"ETag": etag}
    if language is not None:
        headers["Content-Language"] = language
    if is_unchanged(if_none_match, etag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


def _tags(header: str) -> list[str]:
    """The tags of a well-formed list; none where it is not one."""
    if len(header) > _LONGEST_HEADER or not _LIST.fullmatch(header):
        return []
    return _TAG.findall(header)
