"""The pages behind the `type` of a problem: what it means, in four languages, as HTML or JSON."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from app.api.shared.problems import EDGE_STATUS, status_of
from app.content.texts import LANGUAGES, Language, Texts, negotiate
from app.domain.shared.errors import NotFound, all_refusals

_STYLE = (
    "body{font:1.05rem/1.6 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;"
    "color:#1d2733;background:#fffdf9}"
    "a{color:#0b5c66}code{background:#f0ece4;padding:.1em .35em;border-radius:.25em}"
    "section{border-top:1px solid #ded8cc;margin-top:1.5rem}"
)
_STYLE_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
_PAGE_HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; frame-ancestors 'none'",
    "Cache-Control": "public, max-age=3600",
    "Vary": "Accept, Accept-Language",
}

problem_pages = APIRouter(prefix="/problems", tags=["problems"], include_in_schema=False)


@problem_pages.get("")
async def list_problems(request: Request) -> Response:
    """Every refusal there is, by code."""
    language = negotiate(request.headers.get("accept-language"))
    catalogue = sorted(_catalogue(), key=lambda entry: str(entry["code"]))
    if not _wants_html(request):
        return _json({"problems": [{**entry, "texts": _texts(str(entry["code"]))} for entry in catalogue]})
    texts = Texts.load()
    lines = "".join(
        f'<li><a href="/problems/{entry["code"]}"><code>{entry["code"]}</code></a> '
        f"{escape(texts.refusal(str(entry['code']), language, {}).title)}</li>"
        for entry in catalogue
    )
    heading = escape(texts.text("edge", "page.heading", language))
    intro = escape(texts.text("edge", "page.intro", language))
    return _html(language, heading, f"<h1>{heading}</h1><p>{intro}</p><ul>{lines}</ul>")


@problem_pages.get("/{code}")
async def get_problem(code: str, request: Request) -> Response:
    """One refusal: what it means in every language, its status and the rules behind it."""
    entry = next((entry for entry in _catalogue() if entry["code"] == code), None)
    if entry is None:
        raise NotFound
    if not _wants_html(request):
        return _json({**entry, "texts": _texts(code)})
    texts = Texts.load()
    preferred = negotiate(request.headers.get("accept-language"))
    body = f"<h1><code>{escape(code)}</code></h1>"
    for language in sorted(LANGUAGES, key=lambda language: language != preferred):
        text = texts.refusal(code, language, {})
        what = escape(texts.text("edge", "page.what", language))
        then = escape(texts.text("edge", "page.next", language))
        body += (
            f'<section lang="{language}"><h2>{escape(text.title)}</h2>'
            f"<h3>{what}</h3><p>{escape(text.detail)}</p><h3>{then}</h3><p>{escape(text.next)}</p></section>"
        )
    status = escape(texts.text("edge", "page.status", preferred))
    rules = escape(texts.text("edge", "page.rules", preferred))
    body += (
        f"<section><p>{status}: {entry['status']}. {rules}: {', '.join(entry['rules']) or '–'}</p></section>"
    )
    return _html(preferred, escape(code), body)


def _catalogue() -> Iterator[dict[str, Any]]:
    seen = set()
    for refusal in all_refusals():
        if refusal.code not in seen:
            seen.add(refusal.code)
            yield {"code": refusal.code, "status": status_of(refusal), "rules": list(refusal.rules)}
    for code, status in EDGE_STATUS.items():
        if code not in seen:
            yield {"code": code, "status": status, "rules": []}


def _texts(code: str) -> dict[str, dict[str, str]]:
    texts = Texts.load()
    found = {language: texts.refusal(code, language, {}) for language in LANGUAGES}
    return {
        name: {"title": text.title, "detail": text.detail, "next": text.next} for name, text in found.items()
    }


def _wants_html(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _json(content: object) -> Response:
    return Response(orjson.dumps(content), headers=_PAGE_HEADERS, media_type="application/json")


def _html(language: Language, title: str, body: str) -> Response:
    page = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><main>{body}</main></body></html>"
    )
    return Response(page, headers={**_PAGE_HEADERS, "Content-Language": language}, media_type="text/html")
