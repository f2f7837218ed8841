"""Development only: the mails that went nowhere, and what each kind looks like in each language (`/mail`).

A mail's HTML is shown as it is, in a frame that may do nothing; the page around it loads nothing.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from app.content.texts import LANGUAGES
from app.domain.shared.errors import NotFound

_AS_SENT = "as-sent"
_STYLE = """\
body { margin: 0; padding: 1.5rem; font: 1rem/1.5 sans-serif; color: #1c1c1c; background: #f4f4f2; }
main { max-width: 62rem; margin: 0 auto; }
nav a { margin-right: 1rem; }
nav a[aria-current] { font-weight: bold; text-decoration: none; color: inherit; }
article { margin: 1.5rem 0; padding: 1rem; background: #fff; border: 1px solid #ddd; border-radius: 4px; }
.sides { display: flex; flex-wrap: wrap; gap: 1rem; }
.sides > * { flex: 1 1 24rem; min-width: 0; margin: 0; }
iframe { height: 22rem; border: 1px solid #ddd; }
pre { overflow: auto; padding: .75rem; background: #f4f4f2; white-space: pre-wrap; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 0 0 .5rem; }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMail:
    """One mail, for looking at."""

    id: str
    title: str
    """When it was caught, or which kind it is."""
    to: str
    subject: str
    text: str
    html: str
    source: str
    """As it would go over the wire."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """What there is to look at. A language of None: as it was sent."""

    caught: Callable[[str | None], Sequence[ShownMail]]
    samples: Callable[[str], Sequence[ShownMail]]


def mail_router(mailbox: Mailbox) -> APIRouter:
    """The pages; none of it is part of the API's contract."""
    router = APIRouter(include_in_schema=False)

    @router.get("/mail")
    def caught() -> Response:
        return _list(mailbox.caught(None), _AS_SENT, "caught")

    @router.get("/mail/{place}/{language}")
    def listed(place: str, language: str) -> Response:
        return _list(_found(mailbox, place, language), language, place)

    @router.get("/mail/{place}/{language}/{entry}/html")
    def html(place: str, language: str, entry: str) -> Response:
        mail = next((each for each in _found(mailbox, place, language) if each.id == entry), None)
        if mail is None:
            raise NotFound
        policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
        return HTMLResponse(mail.html, headers=_headers(policy))

    return router


def _found(mailbox: Mailbox, place: str, language: str) -> Sequence[ShownMail]:
    if language not in (*LANGUAGES, _AS_SENT) or place not in ("caught", "samples"):
        raise NotFound
    if place == "caught":
        return mailbox.caught(None if language == _AS_SENT else language)
    if language == _AS_SENT:
        raise NotFound
    return mailbox.samples(language)


def _list(mails: Sequence[ShownMail], language: str, place: str) -> Response:
    nonce = secrets.token_urlsafe(16)
    policy = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; frame-src 'self'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    )
    choices = [("caught", _AS_SENT), *(("caught", each) for each in LANGUAGES)]
    links = " ".join(_link(where, each, (place, language)) for where, each in choices)
    samples = " ".join(_link("samples", each, (place, language)) for each in LANGUAGES)
    shown = "\n".join(_article(mail, place, language) for mail in mails)
    page = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Mail</title>'
        f'<style nonce="{nonce}">{_STYLE}</style></head><body><main><h1>Mail</h1>'
        "<p>On this machine mails go nowhere but here. A message says how urgent it is, and never what it is about.</p>"
        f"<nav>Caught: {links}</nav><nav>All kinds: {samples}</nav>"
        f"{shown or '<p>Nothing has been caught yet.</p>'}</main></body></html>"
    )
    return HTMLResponse(page, headers=_headers(policy))


def _link(place: str, language: str, here: tuple[str, str]) -> str:
    current = ' aria-current="page"' if (place, language) == here else ""
    return f'<a href="/mail/{place}/{language}"{current}>{language}</a>'


def _article(mail: ShownMail, place: str, language: str) -> str:
    frame = f"/mail/{place}/{language}/{escape(mail.id)}/html"
    return (
        f"<article><h2>{escape(mail.title)}</h2><p>To {escape(mail.to)}: <strong>{escape(mail.subject)}</strong></p>"
        f'<div class="sides"><iframe sandbox src="{frame}" title="HTML part"></iframe><pre>{escape(mail.text)}</pre></div>'
        f"<details><summary>As it goes over the wire</summary><pre>{escape(mail.source)}</pre></details></article>"
    )


def _headers(policy: str) -> dict[str, str]:
    return {
        "Cache-Control": "no-store",
        "Content-Language": "en",
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
