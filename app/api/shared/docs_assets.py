"""Scripts and style sheets of the documentation pages, served from the package with honest caching."""

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from fastapi.responses import FileResponse, Response

from app.domain.shared.errors import NotFound

_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".md": "text/markdown"}


@dataclass(frozen=True, slots=True)
class _Asset:
    path: Path
    media_type: str
    etag: str


class Assets:
    """All files below one folder. `version` names their content: under it they may be kept for ever.

    Under any other version (a page from another replica, while a new release rolls out) the file of today is
    answered, to be asked for again next time.
    """

    def __init__(self, folder: Path) -> None:
        self._assets: dict[str, _Asset] = {}
        whole = hashlib.sha256()
        for path in sorted(entry for entry in folder.rglob("*") if entry.is_file()):
            name = path.relative_to(folder).as_posix()
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            whole.update(f"{name} {digest}\n".encode())
            self._assets[name] = _Asset(path, _media_type(path), f'"{digest[:24]}"')
        self.version = whole.hexdigest()[:12]

    def answer(self, version: str, name: str, *, if_none_match: str | None) -> Response:
        """The file, or 304 if the browser has it already; `NotFound` for a name that isn't in the folder.

        Names are looked up, never joined to a path: nothing outside of the folder can be asked for.
        """
        asset = self._assets.get(name)
        if asset is None:
            raise NotFound
        headers = {
            "Cache-Control": _FOR_EVER if version == self.version else _ASK_AGAIN,
            "ETag": asset.etag,
            "X-Content-Type-Options": "nosniff",
        }
        if if_none_match is not None and _matches(asset.etag, if_none_match):
            return Response(status_code=304, headers=headers)
        return FileResponse(asset.path, media_type=asset.media_type, headers=headers)


def _matches(etag: str, if_none_match: str) -> bool:
    """Weak comparison, as RFC 9110 §13.1.2 asks for (a proxy that compresses makes the tag weak)."""
    candidates = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in candidates or etag in candidates


def _media_type(path: Path) -> str:
    return _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "text/plain"
