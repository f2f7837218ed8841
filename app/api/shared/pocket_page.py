"""A member's first app (`examples/pocket`), served as it was built, from the same origin, on a development server alone.

It is an example of what can be made with the public API, and no part of the contract.
"""

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.api.shared.docs_assets import Assets

_READ = ["GET", "HEAD"]
_PAGE = "index.html"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def pocket_router(built: Path) -> APIRouter:
    """The page and its files, from the folder that the build has filled."""
    assets = Assets(built)
    router = APIRouter(prefix="/pocket", include_in_schema=False)

    def answer(name: str, request: Request) -> Response:
        found = assets.answer("", name, if_none_match=request.headers.get("if-none-match"))
        found.headers.update(_HEADERS)
        return found

    @router.api_route("", methods=_READ)
    def page(request: Request) -> Response:
        return answer(_PAGE, request)

    @router.api_route("/{name}", methods=_READ)
    def file(name: str, request: Request) -> Response:
        return answer(name, request)

    return router
