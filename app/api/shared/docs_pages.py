"""The pages that a person reads before the first call: an index, Swagger UI and GraphiQL.

No page loads anything from another host, and the content security policy says so to the browser. Tokens live
in the page's memory only. On a development server both tools offer "Log in as", with the demo people and systems; in
production neither that nor `POST /dev/token` exists.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.api.shared.docs_assets import Assets
from app.api.shared.docs_guides import TITLES, cards, guide_text, links
from app.api.shared.operations import SENT_ONCE
from app.api.shared.pocket_page import pocket_router
from app.domain.shared.errors import NotFound

_PAGES = Path(__file__).parent / "docs" / "pages"
_READ = ["GET", "HEAD"]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody made up, whom a developer may be for a while."""

    slug: str
    name: str
    role: str
    """In a few words for people, e.g. "starter of a new group"."""


@dataclass(frozen=True, slots=True)
class DemoSystem:
    """A system made up, with an account that holds."""

    client: str
    name: str
    role: str
    """What it may do, in a few words for people."""
    scopes: tuple[str, ...]
    """As a token says them."""


class DemoLogin(BaseModel):
    """Who to be: one of the demo people, or a system of any name, with these scopes."""

    model_config = ConfigDict(extra="forbid", strict=True)

    person: Annotated[str, StringConstraints(min_length=1, max_length=64)] | None = None
    system: Annotated[str, StringConstraints(min_length=1, max_length=64)] | None = None
    scopes: Annotated[list[Annotated[str, StringConstraints(max_length=64)]], Field(max_length=20)] = []


def docs_router(
    *,
    development: bool,
    demo_people: Callable[[], Sequence[DemoPerson]] | None,
    mint: Callable[[str], str] | None,
    mint_system: Callable[[str, Sequence[str]], str] | None = None,
    demo_systems: Sequence[DemoSystem] = (),
    graphiql: bool | None = None,
    pocket: Path | None = None,
    with_mail: bool = False,
) -> APIRouter:
    """The documentation pages and what they load; none of it is part of the API's contract.

    `demo_people`, `mint` (slug → bearer token), `mint_system` (client and scopes → the same) and `demo_systems` count
    in development only. `graphiql` says whether there is a GraphiQL page; if it isn't said, there is one in development
    only.
    `with_mail` says whether mails can be looked at (`/mail`).
    `pocket` is where a member\'s first app was built: it is there for the demo people.
    """
    people = demo_people if development and mint is not None and demo_people is not None else None
    app = pocket if people is not None else None
    pages = _Pages(
        people,
        demo_systems if people is not None and mint_system is not None else (),
        with_graphiql=development if graphiql is None else graphiql,
        with_pocket=app is not None,
        with_mail=development and with_mail,
    )
    assets = pages.assets
    router = APIRouter(include_in_schema=False)

    @router.api_route("/", methods=_READ)
    def index(request: Request) -> Response:
        return pages.index(base=str(request.base_url).rstrip("/"))

    @router.api_route("/docs", methods=_READ)
    def swagger() -> Response:
        return pages.swagger()

    @router.api_route("/docs/guides", methods=_READ)
    def guides() -> Response:
        return pages.guides()

    @router.api_route("/docs/guides/{name}", methods=_READ)
    def guide(name: str) -> Response:
        return pages.guide(name)

    if pages.with_graphiql:

        @router.api_route("/graphiql", methods=_READ)
        def graphiql_page() -> Response:
            return pages.graphiql()

    @router.api_route("/docs/static/{version}/{name:path}", methods=_READ)
    def static(version: str, name: str, request: Request) -> Response:
        return assets.answer(version, name, if_none_match=request.headers.get("if-none-match"))

    if people is not None and mint is not None:

        @router.post("/dev/token")
        def log_in_as(body: DemoLogin) -> Response:
            if body.system is not None and body.person is None and mint_system is not None:
                made = mint_system(body.system, body.scopes)
            elif body.person is not None and body.person in {person.slug for person in people()}:
                made = mint(body.person)
            else:
                raise NotFound("/person")
            token = {"token": made, "token_type": "Bearer"}
            return JSONResponse(token, headers={"Cache-Control": "no-store"})

        @router.get("/dev/people")
        def whom_one_may_be() -> Response:
            found = [{"slug": each.slug, "name": each.name, "role": each.role} for each in people()]
            return JSONResponse({"people": found}, headers={"Cache-Control": "no-store"})

    if app is not None:
        router.include_router(pocket_router(app))
    return router


class _Pages:
    """Fills the HTML files of `docs/pages`; whatever is not markup from there is escaped."""

    def __init__(
        self,
        people: Callable[[], Sequence[DemoPerson]] | None,
        systems: Sequence[DemoSystem],
        *,
        with_graphiql: bool,
        with_pocket: bool,
        with_mail: bool,
    ) -> None:
        self.assets = Assets(Path(__file__).parent / "docs" / "static")
        self.with_graphiql = with_graphiql
        self._with_pocket = with_pocket
        self._with_mail = with_mail
        self._people, self._systems = people, systems
        self._static = f"docs/static/{self.assets.version}"

    def index(self, base: str) -> Response:
        return _page(
            "index",
            static=self._static,
            graphiql_card=_template("graphiql_card").template if self.with_graphiql else "",
            pocket_card=_template("pocket_card").template if self._with_pocket else "",
            mail_card=_template("mail_card").template if self._with_mail else "",
            first_call=self._first_call(escape(base)),
            sent_once="\n".join(f"<li><code>POST {escape(each.path)}</code></li>" for each in SENT_ONCE),
        )

    def swagger(self) -> Response:
        link = _template("graphiql_link").template if self.with_graphiql else ""
        # Swagger UI has an Authorize button of its own, so the bar's form is for the demo people alone.
        login = self._login() if self._people else ""
        return _page("swagger", static=self._static, graphiql_link=link, login=login)

    def guides(self) -> Response:
        return _page("guides", static=self._static, guides=cards("guides/"))

    def guide(self, name: str) -> Response:
        text = guide_text(name)
        if text is None:
            raise NotFound
        return _page("guide", static=self._static, title=escape(TITLES[name][0]), text=text, guides=links())

    def graphiql(self) -> Response:
        return _page("graphiql", static=self._static, login=self._login())

    def _login(self) -> str:
        if self._people is None:
            return _template("login_production").template
        options = "\n".join(
            f'<option value="{escape(person.slug)}" data-name="{escape(person.name)}">'
            f"{escape(person.name)} ({escape(person.role)})</option>"
            for person in self._people()
        )
        systems = "\n".join(
            f'<option value="{escape(each.client)}" data-name="{escape(each.name)}"'
            f' data-scopes="{escape(" ".join(each.scopes))}">{escape(each.name)} ({escape(each.role)})</option>'
            for each in self._systems
        )
        return _template("login_development").substitute(people=options, systems=systems)

    def _first_call(self, base: str) -> str:
        if self._people is None:
            return _template("first_call_production").substitute(base=base)
        people = self._people()
        rows = "\n".join(
            f"<tr><td><code>{escape(person.slug)}</code></td><td>{escape(person.name)}</td>"
            f"<td>{escape(person.role)}</td></tr>"
            for person in people
        )
        systems = "\n".join(
            f"<tr><td><code>{escape(each.client)}</code></td><td>{escape(each.name)}</td><td>{escape(each.role)}</td>"
            f"<td><code>{escape(' '.join(each.scopes))}</code></td></tr>"
            for each in self._systems
        )
        example = escape(people[0].slug) if people else ""
        return _template("first_call_development").substitute(
            base=base, example=example, count=len(people), people=rows, systems=systems
        )


def _template(name: str) -> Template:
    return Template((_PAGES / f"{name}.html").read_text(encoding="utf-8"))


def _page(name: str, **parts: str) -> Response:
    """One page with its policy.

    No inline script is allowed. Inline style elements only with the nonce of this answer: GraphiQL's dialogs add
    one, to hold the page behind them still.
    """
    nonce = secrets.token_urlsafe(16)
    policy = (
        "default-src 'self'; script-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; font-src 'self' data:; "  # both style sheets carry icons or fonts as data: URLs
        f"style-src 'self' 'nonce-{nonce}'; object-src 'none'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
    headers = {
        "Cache-Control": "no-store",  # the nonce is good for one answer
        "Content-Language": "en",
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    return HTMLResponse(_template(name).substitute(parts, nonce=nonce), headers=headers)
