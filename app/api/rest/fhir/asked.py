"""What a request of FHIR asks for: parameters by GET or by POST, and the form of the answer."""

import re
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime
from urllib.parse import parse_qsl
from uuid import UUID

from starlette.requests import Request

from app.domain.shared.errors import Invalid
from app.domain.shared.ids import OrganisationId

FORM = "application/x-www-form-urlencoded"
_JSON = frozenset({"*/*", "application/*", "application/json", "application/fhir+json", "text/json"})
_FORMATS = frozenset({"json", "application/json", "application/fhir+json", "text/json"})
_DATE = re.compile(r"(eq|ge|gt|le|lt)?([0-9]{4}-[0-9]{2}-[0-9]{2})")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOST = 20
_OF_R4 = frozenset(
    [
        "_contained",
        "_containedType",
        "_content",
        "_count",
        "_elements",
        "_filter",
        "_has",
        "_id",
        "_include",
        "_lastUpdated",
        "_list",
        "_pretty",
        "_profile",
        "_query",
        "_revinclude",
        "_security",
        "_sort",
        "_source",
        "_summary",
        "_tag",
        "_text",
        "_total",
        "_type",
        "active",
        "actor",
        "appointment-type",
        "based-on",
        "characteristic",
        "coverage-area",
        "date",
        "endpoint",
        "identifier",
        "location",
        "name",
        "organization",
        "part-status",
        "patient",
        "practitioner",
        "program",
        "reason-code",
        "reason-reference",
        "service-category",
        "service-type",
        "slot",
        "specialty",
        "status",
        "supporting-info",
    ]
)
"""What R4 itself calls parameters of these searches: those may be named in a refusal, unlike what a caller made up."""
_TESTS: dict[str, Callable[[date, date], bool]] = {
    "eq": lambda day, given: day == given,
    "ge": lambda day, given: day >= given,
    "gt": lambda day, given: day > given,
    "le": lambda day, given: day <= given,
    "lt": lambda day, given: day < given,
}


class NotInThisForm(Exception):
    """Another form is wanted than JSON."""


class NoForm(Exception):
    """A search by POST comes as a form."""


def require_json(request: Request) -> None:
    """Refuse whoever wants XML; `_format` counts for more than `Accept`, as FHIR has it."""
    wanted = request.query_params.get("_format")
    if wanted is not None:
        if wanted.split(";")[0].strip().lower() not in _FORMATS:
            raise NotInThisForm
        return
    accept = request.headers.get("accept")
    if accept and not {each.split(";")[0].strip().lower() for each in accept.split(",")} & _JSON:
        raise NotInThisForm


async def parameters(request: Request, known: Collection[str]) -> dict[str, list[str]]:
    """What is searched for. An unknown parameter is refused: an answer that leaves one out would say something else."""
    given = request.url.query
    if request.method == "POST":
        if request.headers.get("content-type", "").split(";")[0].strip().lower() != FORM:
            raise NoForm
        try:
            sent = (await request.body()).decode("ascii")
        except UnicodeDecodeError:
            raise Invalid from None
        given = "&".join(part for part in (given, sent) if part)
    try:
        pairs = parse_qsl(given, keep_blank_values=True, max_num_fields=_MOST, errors="strict")
    except ValueError:
        raise Invalid from None
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        if name == "_format":
            continue
        if name not in known:
            raise Invalid(f"/{name}" if name in _OF_R4 else None)
        if "\x00" in value:
            raise Invalid(f"/{name}")
        found.setdefault(name, []).append(value)
    return found


def organisation(values: list[str]) -> OrganisationId:
    """Which organisation's offers; it has to be said, once."""
    if len(values) != 1 or _UUID.fullmatch(named := values[0].removeprefix("Organization/")) is None:
        raise Invalid("/organization")
    return OrganisationId(UUID(named))


def on_days(values: list[str]) -> Callable[[datetime], bool]:
    """Whether an instant lies on the days that are asked for (UTC)."""
    tests = []
    for value in values:
        found = _DATE.fullmatch(value)
        try:
            if found is None:
                raise ValueError
            given = date.fromisoformat(found[2])
        except ValueError:
            raise Invalid("/date") from None
        tests.append((_TESTS[found[1] or "eq"], given))
    return lambda moment: all(test(moment.astimezone(UTC).date(), given) for test, given in tests)
