"""Turning messages off by the address that stands in one: a page for people, and one call for their mail programs.

A GET changes nothing (programs open every address they meet); a POST does it, with no login and no question (RFC 8058).
It stands beside the table of operations, as neither is anything that an app calls.
"""

import secrets
from html import escape
from typing import cast

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from app.api.shared.message_addresses import TURN_OFF
from app.api.shared.problem_handlers import request_id_of
from app.api.shared.ways import Ways
from app.content.texts import Language, negotiate
from app.domain.shared.actor import Actor, RequestMark
from app.domain.shared.errors import NotFound

_LONGEST = 400
_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style nonce="{nonce}">
body {{ margin: 0; padding: 2rem 1rem; font: 1.1rem/1.5 sans-serif; color: #1c1c1c; background: #fff; }}
main {{ max-width: 32em; margin: 0 auto; }}
button {{ font: inherit; padding: .75rem 1.25rem; border: 0; border-radius: 4px; background: #1d4e6b; color: #fff; }}
button:focus-visible {{ outline: 3px solid #e0a030; outline-offset: 2px; }}
</style></head>
<body><main><h1>{title}</h1>{body}</main></body>
</html>
"""


def turning_off_routes() -> list[Route]:
    """GET and POST at the one address."""
    path = f"{TURN_OFF}{{token}}"
    return [
        Route(path, _ask, methods=["GET"], include_in_schema=False),
        Route(path, _turn_off, methods=["POST"], include_in_schema=False),
    ]


async def _ask(request: Request) -> Response:
    """The question. Whether anything is turned off by the address is told when it is used."""
    ways: Ways = request.app.state.ways
    ways.limits.nobody(request.scope)
    try:
        language = _language(ways, request)
    except NotFound:
        await ways.limits.bad_token(request.scope)
        language = _of_browser(request)
    say = ways.texts.text
    body = (
        f"<p>{escape(say('messages', 'turning_off.question', language))}</p>"
        f'<form method="post"><button>{escape(say("messages", "turning_off.button", language))}</button></form>'
    )
    return _page(ways, language, body)


async def _turn_off(request: Request) -> Response:
    ways: Ways = request.app.state.ways
    ways.limits.nobody(request.scope)
    try:
        async with ways.even():
            language = _language(ways, request)
            actor = Actor(mark=RequestMark(request_id=request_id_of(request.scope), language=language))
            await ways.services.messages.turn_off(actor, request.path_params["token"])
    except NotFound:
        await ways.limits.bad_token(request.scope)
        raise
    return _page(
        ways, language, f"<p>{escape(ways.texts.text('messages', 'turning_off.done', language))}</p>"
    )


def _language(ways: Ways, request: Request) -> Language:
    """The reader's own, by a good address; `NotFound` for any other: then there is nothing but the browser's to go by."""
    token = request.path_params["token"]
    if len(token) > _LONGEST:
        raise NotFound
    return cast("Language", ways.services.messages.turn_off.language_of(token))


def _of_browser(request: Request) -> Language:
    return negotiate(request.headers.get("accept-language"))


def _page(ways: Ways, language: Language, body: str) -> Response:
    nonce = secrets.token_urlsafe(16)
    title = escape(ways.texts.text("messages", "turning_off.title", language))
    policy = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    )
    headers = {
        "Cache-Control": "no-store",
        "Content-Language": language,
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
    return HTMLResponse(_PAGE.format(language=language, title=title, nonce=nonce, body=body), headers=headers)
