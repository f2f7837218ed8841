"""Documents that are carried out by their hash: what first-party apps ask, known before anybody asks it.

A request names one by `documentId` (GraphQL over HTTP, appendix on persisted documents: `sha256:` and the text's hash), or
in Apollo's way by `extensions.persistedQuery.sha256Hash`. Nothing can be registered over the network: the lists are
files, and a text that doesn't have its hash keeps the service from being ready.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.api.graphql.masking import plain_error
from app.api.graphql.preparation import RequestRefused

OWN = Path(__file__).parent / "documents" / "trusted.json"
"""The documents of our own apps: `tools.trusted_documents` writes it from the `.graphql` files beside it."""
PREFIX = "sha256:"
_BARE = re.compile(r"[0-9a-f]{64}")
_NOT_FREE = (
    "Only documents that are known here are carried out: name one by `documentId`. Free ones need the scope"
    " verksted:graphql.free."
)


def id_of(text: str) -> str:
    """The identifier of a document."""
    return PREFIX + hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class TrustedDocuments:
    """Texts by their identifiers, and the identifiers of those that were there once."""

    texts: Mapping[str, str] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()

    @staticmethod
    def load(*files: Path) -> "TrustedDocuments":
        """Read these files; `RuntimeError` where one isn't such a list, or a text isn't what its hash says."""
        texts: dict[str, str] = {}
        removed: set[str] = set()
        for path in files:
            try:
                content = json.loads(path.read_text("utf-8"))
                texts |= {name: entry["text"] for name, entry in content["documents"].items()}
                removed |= content["removed"].keys()
            except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
                raise RuntimeError(
                    f"{path} is no list of trusted documents ({type(error).__name__})"
                ) from None
        for name, text in texts.items():
            if id_of(str(text)) != name:
                raise RuntimeError(f"the text of the trusted document {name} has another hash")
        return TrustedDocuments(texts, frozenset(removed - texts.keys()))

    def by_id(self, name: str) -> str:
        """The document of this identifier; `RequestRefused` where there is none."""
        known = PREFIX + name if _BARE.fullmatch(name) else name
        text = self.texts.get(known)
        if text is not None:
            return text
        if known in self.removed:
            message = "This document isn't carried out any more: the app that asks needs to be renewed."
            raise RequestRefused(410, plain_error(message, "graphql.document_removed"))
        raise RequestRefused(
            422, plain_error("There is no document of this identifier here.", "graphql.document_unknown")
        )

    def require(self, text: str) -> None:
        """Refuse a text that somebody wrote who may not write freely; one that is known is as good as its hash."""
        if id_of(text) not in self.texts:
            raise RequestRefused(403, plain_error(_NOT_FREE, "graphql.document_not_trusted"))


def named_in(content: Mapping[str, Any]) -> str | None:
    """The identifier that a request names instead of a text; None where it brings the text."""
    name = content.get("documentId")
    if name is None and content.get("query") is None:
        persisted = (content.get("extensions") or {}).get("persistedQuery")
        name = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    return name if isinstance(name, str) else None


def entries(operations: Iterable[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """Names and texts as they stand in a list."""
    return {id_of(text): {"name": name, "text": text} for name, text in operations}
