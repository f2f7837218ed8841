"""The guides as pages: for administrators, municipalities and app makers, rendered beside the other pages of the
documentation, so that a start has nothing to do. `python -m tools.guides` writes them; a test says when they are old.
"""

import re
from os.path import normpath
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "app" / "api" / "shared" / "docs" / "pages" / "guides"
SOURCES = {
    "organisation": "docs/admin/organisation.md",
    "policy": "docs/admin/policy.md",
    "issuers": "docs/admin/issuers.md",
    "systems": "docs/admin/systems.md",
    "webhooks": "docs/admin/webhooks.md",
    "integrate": "docs/integrate.md",
    "events": "docs/events.md",
    "receive": "docs/webhooks.md",
    "clients": "clients/README.md",
    "streams": "docs/streams.md",
    "documents": "docs/trusted-documents.md",
}
"""Name of the page → where it is written."""
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_NAMES = {source: name for name, source in SOURCES.items()}


def pages() -> dict[str, str]:
    """Every page by the name of its file, as it has to be."""
    return {f"{name}.html": _page(source) for name, source in SOURCES.items()}


def _page(source: str) -> str:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(_COMMENT.sub("", (ROOT / source).read_text("utf-8")))
    for token in tokens:
        _link(token.children or [], Path(source).parent)
    html = reader.renderer.render(tokens, reader.options, {})
    # What is wider than the page can be scrolled by the keyboard, too.
    html = re.sub(r"<pre>", '<pre tabindex="0">', html)
    return re.sub(r"(<table>.*?</table>)", r'<div class="wide" tabindex="0">\1</div>', html, flags=re.DOTALL)


def _link(tokens: list[Token], folder: Path) -> None:
    """Guides lead to each other; what is written elsewhere in the repository is no page, so its link is its words alone."""
    is_dropped = False
    for token in tokens:
        if token.type == "link_open":
            to = str(token.attrs["href"])
            name = _NAMES.get(normpath(folder / to))
            if name is not None:
                token.attrSet("href", name)
            is_dropped = name is None and not to.startswith("https://")
        if is_dropped and token.type in ("link_open", "link_close"):
            is_dropped = token.type == "link_open"
            token.type, token.tag, token.nesting = "text", "", 0


def write() -> None:
    """Write all of them."""
    PAGES.mkdir(exist_ok=True)
    for file, html in pages().items():
        (PAGES / file).write_text(html, "utf-8")


if __name__ == "__main__":
    write()
