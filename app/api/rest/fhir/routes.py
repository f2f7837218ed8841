"""The addresses of FHIR. They stand outside the table of operations and the OpenAPI document: their contract is the
CapabilityStatement, as GraphQL's is its schema. What is shown is decided by the use cases, like everywhere."""

import re
from collections.abc import Awaitable, Callable
from typing import Any, cast
from urllib.parse import urlencode

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.api.rest.fhir.asked import (
    FORM,
    NoForm,
    NotInThisForm,
    on_days,
    organisation,
    parameters,
    require_json,
)
from app.api.rest.fhir.resources import (
    BASE,
    appointment,
    capabilities,
    healthcare_service,
    searchset,
    service_id,
)
from app.api.shared.auth import actor_of
from app.api.shared.etags import etag_of, is_unchanged
from app.api.shared.outcomes import FHIR_JSON
from app.api.shared.paging import PageIn, next_cursor, open_page
from app.api.shared.problem_handlers import request_id_of
from app.api.shared.problems import edge_answer, refusal_answer, shown_in
from app.api.shared.ways import Ways
from app.content.texts import Language, negotiate
from app.domain.shared.actor import Actor
from app.domain.shared.errors import DomainError, Invalid, NotFound, Unauthenticated
from app.services.ports.paging import PageRequest

_SERVICE_ID = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.[a-z2-7]{24}")
_COUNT = re.compile(r"[1-9][0-9]{0,2}")
_MOST = 100
SEARCHES = frozenset({f"{BASE}/HealthcareService/_search", f"{BASE}/Appointment/_search"})
"""Where a search comes as a form, so that nothing that is looked for stands in an address."""
Answer = Callable[[Request, Ways, Actor], Awaitable[dict[str, Any]]]


async def _capabilities(request: Request, ways: Ways, actor: Actor) -> dict[str, Any]:
    return capabilities(ways.public_url)


async def _services(request: Request, ways: Ways, actor: Actor) -> dict[str, Any]:
    asked = await parameters(request, {"organization", "_count", "_cursor"})
    where = organisation(asked.get("organization", []))
    count, cursor = _one(asked, "_count") or "25", _one(asked, "_cursor")
    if _COUNT.fullmatch(count) is None:
        raise Invalid("/_count")
    wanted = PageIn(limit=min(int(count), _MOST), cursor=cursor)
    question = {"list": "fhir.HealthcareService", "organization": str(where)}
    services = ways.services
    page = await services.admission.list_offers(actor, where, open_page(ways, actor, question, wanted))
    named = await services.organisations.read_organisation(actor, where)
    language = _language(actor)
    found = [healthcare_service(offer, named, ways.public_url, ways.texts, language) for offer in page.items]
    following = next_cursor(ways, actor, question, page)

    def link(**more: str) -> str:
        given = {"organization": str(where), "_count": str(wanted.limit), **more}
        return f"{BASE}/HealthcareService?{urlencode(given)}"

    here = link() if cursor is None else link(_cursor=cursor)
    return searchset(found, ways.public_url, here, None if following is None else link(_cursor=following))


async def _service(request: Request, ways: Ways, actor: Actor) -> dict[str, Any]:
    wanted = request.path_params["id"]
    named = _SERVICE_ID.fullmatch(wanted)
    if named is None:
        raise NotFound
    where = organisation([named[1]])
    page = PageRequest(limit=_MOST)
    while True:
        found = await ways.services.admission.list_offers(actor, where, page)
        for offer in found.items:
            if service_id(offer) == wanted:
                shown = await ways.services.organisations.read_organisation(actor, where)
                return healthcare_service(offer, shown, ways.public_url, ways.texts, _language(actor))
        if found.after is None:
            raise NotFound
        page = PageRequest(limit=_MOST, after=found.after)


async def _appointments(request: Request, ways: Ways, actor: Actor) -> dict[str, Any]:
    asked = await parameters(request, {"date"})
    days = asked.get("date", [])
    is_asked_for = on_days(days)
    if not actor.is_known:
        raise Unauthenticated
    seen = await ways.services.meetings.list_my_calendar_entries(actor)
    found = [
        appointment(entry, ways.texts, _language(actor))
        for entry in seen.entries
        if is_asked_for(entry.starts_at)
    ]
    query = urlencode([("date", each) for each in days])
    return searchset(found, ways.public_url, f"{BASE}/Appointment{'?' if query else ''}{query}", None)


async def _appointment(request: Request, ways: Ways, actor: Actor) -> dict[str, Any]:
    if not actor.is_known:
        raise Unauthenticated
    seen = await ways.services.meetings.list_my_calendar_entries(actor)
    for entry in seen.entries:
        if str(entry.uid) == request.path_params["id"]:
            return appointment(entry, ways.texts, _language(actor))
    raise NotFound


def _one(asked: dict[str, list[str]], name: str) -> str | None:
    values = asked.get(name, [])
    if len(values) > 1:
        raise Invalid(f"/{name}")
    return values[0] if values else None


def _language(actor: Actor) -> Language:
    return cast("Language", actor.mark.language)


def _endpoint(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        ways: Ways = request.app.state.ways
        language = negotiate(request.headers.get("accept-language"))
        request_id = request_id_of(request.scope)
        try:
            require_json(request)
            actor = await actor_of(request, ways)
            async with ways.even():
                shown = await answer(request, ways, actor)
        except NotInThisForm:
            return edge_answer("shared.not_acceptable", language, request_id, fhir=True)
        except NoForm:
            return edge_answer(
                "shared.unsupported_media_type", language, request_id, {"Accept": FORM}, fhir=True
            )
        except DomainError as refusal:
            return refusal_answer(refusal, language, request_id, shown_in(request.scope), fhir=True)
        body = orjson.dumps(shown)
        headers = {"ETag": f"W/{etag_of(body)}", "Content-Language": language}
        if request.method == "GET" and is_unchanged(request.headers.get("if-none-match"), etag_of(body)):
            return Response(status_code=304, headers=headers)
        return Response(body, headers=headers, media_type=FHIR_JSON)

    return endpoint


def fhir_routes() -> list[Route]:
    """Every address that there is."""
    found = []
    for path, methods, answer in (
        ("/metadata", ["GET"], _capabilities),
        ("/HealthcareService", ["GET"], _services),
        ("/HealthcareService/_search", ["POST"], _services),
        ("/HealthcareService/{id}", ["GET"], _service),
        ("/Appointment", ["GET"], _appointments),
        ("/Appointment/_search", ["POST"], _appointments),
        ("/Appointment/{id}", ["GET"], _appointment),
    ):
        route = Route(f"{BASE}{path}", _endpoint(answer), methods=methods, include_in_schema=False)
        route.methods = set(methods)  # Starlette adds HEAD, and the edge answers that
        found.append(route)
    return found
