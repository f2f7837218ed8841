"""The guides among the documentation pages: prepared HTML (`tools.guides`), read when somebody asks for one."""

from html import escape
from pathlib import Path
from typing import Final

_FOLDER = Path(__file__).parent / "docs" / "pages" / "guides"
TITLES: Final = {
    "organisation": ("Administrator: your organisation", "Make one, let people work for it, note mergers."),
    "policy": ("Administrator: the policy", "What the organisation decides for itself, and from when."),
    "issuers": ("Administrator: issuers", "Who logs people and systems in, and why a token isn't accepted."),
    "systems": ("Administrator: systems", "Let a machine in, renew it, throw it out."),
    "webhooks": ("Administrator: webhooks", "Register one, see whether it arrives, change its secret."),
    "integrate": (
        "For municipalities",
        "From the first token to courses, codes, figures, events and the first webhook.",
    ),
    "events": ("Events", "Follow what happens, and the catalogue."),
    "receive": ("Webhooks", "How events are sent, signed and received."),
    "clients": (
        "For app makers: clients",
        "TypeScript and Python, made from the contract, and what they do for you.",
    ),
    "streams": ("For app makers: streams", "Be told that something is new, while somebody looks on."),
    "documents": ("For app makers: trusted documents", "GraphQL by documents that are known beforehand."),
}
"""In the order in which they are listed: their titles, and what they are for."""


def guide_text(name: str) -> str | None:
    """The text of a guide as HTML; None where there is none of this name."""
    return (_FOLDER / f"{name}.html").read_text("utf-8") if name in TITLES else None


def cards(prefix: str) -> str:
    """All of them, as cards."""
    return "\n".join(
        f'<li><a href="{prefix}{name}">{escape(title)}</a><span>{escape(what)}</span></li>'
        for name, (title, what) in TITLES.items()
    )


def links() -> str:
    """All of them, as links beside each other."""
    return "\n".join(f'<li><a href="{name}">{escape(title)}</a></li>' for name, (title, _) in TITLES.items())
