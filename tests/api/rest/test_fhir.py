"""FHIR R4, for reading: valid by a library's models, and no more than one may know."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fhir.resources.R4B.appointment import Appointment
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.capabilitystatement import CapabilityStatement
from fhir.resources.R4B.healthcareservice import HealthcareService
from fhir.resources.R4B.operationoutcome import OperationOutcome
from pydantic import ValidationError

from app.domain.meetings.place import PlaceType
from tests.api.rest.conftest import Asking, Person
from tests.support.canaries import MARK
from tests.support.systems_world import ALL_SCOPES, let_in, machine
from tests.support.world import World

BASE = "/fhir/R4"
FHIR = "application/fhir+json"
FORM = {"content-type": "application/x-www-form-urlencoded"}


def bundle(answer: httpx.Response) -> list[dict[str, Any]]:
    """The resources of a search, each of them valid."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith(FHIR)
    Bundle.model_validate(answer.json())
    found = [entry["resource"] for entry in answer.json().get("entry", [])]
    for resource in found:
        {"HealthcareService": HealthcareService, "Appointment": Appointment}[
            resource["resourceType"]
        ].model_validate(resource)
    return found


def outcome(answer: httpx.Response) -> tuple[int, str, str]:
    """A refusal: its status, FHIR's word for it and ours."""
    assert answer.headers["content-type"].startswith(FHIR), answer.text
    OperationOutcome.model_validate(answer.json())
    (issue,) = answer.json()["issue"]
    return answer.status_code, issue["code"], issue["details"]["coding"][0]["code"]


async def get(http: httpx.AsyncClient, path: str, **headers: str) -> httpx.Response:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return await http.get(f"{BASE}{path}", headers=given)


async def test_the_capability_statement_says_what_there_is(http: httpx.AsyncClient) -> None:
    answer = await get(http, "/metadata")
    assert answer.headers["content-type"].startswith(FHIR)
    CapabilityStatement.model_validate(answer.json())
    (rest,) = answer.json()["rest"]
    assert {each["type"] for each in rest["resource"]} == {"HealthcareService", "Appointment"}
    for resource in rest["resource"]:
        assert [each["code"] for each in resource["interaction"]] == ["search-type", "read"]


@pytest.mark.rule("O-02", "G-14")
async def test_offers_are_services_that_everybody_may_see(world: World, http: httpx.AsyncClient) -> None:
    _, code = await world.open_group()
    found = bundle(
        await get(http, f"/HealthcareService?organization={world.organisation}", accept_language="en")
    )
    offers = (await http.get(f"/v1/organisations/{world.organisation}/offers")).json()["items"]
    assert [each["identifier"][0]["value"] for each in found] == [each["application_code"] for each in offers]
    (service,) = found
    assert (service["name"], service["location"][0]["display"]) == ("Grief", "Area")
    assert service["providedBy"]["display"] == "Local"
    alone = await get(http, f"/HealthcareService/{service['id']}", accept_language="en")
    assert alone.json() == service
    assert code in service["id"]
    searched = await http.post(
        f"{BASE}/HealthcareService/_search",
        content=f"organization=Organization/{world.organisation}",
        headers=FORM | {"accept-language": "en"},
    )
    assert bundle(searched) == found
    said = json.dumps(service)
    assert MARK not in said
    for never in ("Library", "member", "participant"):
        assert never not in said


async def test_services_come_page_by_page(world: World, http: httpx.AsyncClient) -> None:
    for _ in range(3):
        group = await world.forming(3)
        await world.do.groups.publish_offer(world.coordinator, group.id)
    address: str | None = f"{BASE}/HealthcareService?organization={world.organisation}&_count=2"
    seen: list[str] = []
    pages = 0
    while address is not None:
        answer = await http.get(address)
        seen += [each["id"] for each in bundle(answer)]
        links = {each["relation"]: each["url"] for each in answer.json()["link"]}
        address, pages = links.get("next"), pages + 1
    assert (len(seen), len(set(seen)), pages) == (3, 3, 2)


@pytest.mark.hazard("M-h6", "M-h7")
async def test_an_appointment_is_ones_own_and_betrays_nothing(
    world: World, asking: Asking, http: httpx.AsyncClient
) -> None:
    group = await world.meeting(5)
    one, other = group.members[0], group.members[1]
    soon = world.now + timedelta(days=2)
    plan = world.do.meetings.plan_meeting
    await plan(one, group.id, soon, "The library")
    await plan(one, group.id, soon + timedelta(days=7), "Elm Street 7", place_type=PlaceType.PRIVATE_HOME)
    away = await plan(one, group.id, soon + timedelta(days=14), "The café")
    await world.do.meetings.cancel_meeting(one, away.id)
    mine, theirs = [bundle(await asking(each).get(f"{BASE}/Appointment")) for each in (one, other)]
    assert len(mine) == len(theirs) == 4
    assert not {each["id"] for each in mine} & {each["id"] for each in theirs}
    assert [each["status"] for each in mine] == ["booked", "booked", "booked", "cancelled"]
    places = [each.get("supportingInformation", [{}])[0].get("display") for each in mine]
    assert places == ["Library", "The library", None, "The café"]
    for each in (*mine, *theirs):
        assert len(each["participant"]) == 1
        assert "actor" not in each["participant"][0]
        said = json.dumps(each)
        assert MARK not in said
        for never in ("Grief", "Elm Street", str(group.id), str(one.person_id), "member"):
            assert never not in said
    alone = await asking(one).get(f"{BASE}/Appointment/{mine[1]['id']}")
    assert alone.json() == mine[1]
    assert outcome(await asking(other).get(f"{BASE}/Appointment/{mine[1]['id']}"))[0] == 404
    day = mine[1]["start"][:10]
    assert bundle(await asking(one).get(f"{BASE}/Appointment?date=ge{day}&date=le{day}")) == [mine[1]]
    assert bundle(await asking(one).get(f"{BASE}/Appointment?date=gt2199-01-01")) == []
    await world.do.groups.leave_group(one, group.id)
    assert bundle(await asking(one).get(f"{BASE}/Appointment")) == []


@pytest.mark.rule("A-06", "O-01")
@pytest.mark.hazard("P-h1")
async def test_ph1_no_system_and_nobody_has_appointments(
    world: World, http: httpx.AsyncClient, token: Any, asking: Asking
) -> None:
    system = machine(f"fhir-{world.organisation}")
    await let_in(world, system)
    bearer = token(system.subject, client_id=system.client, scopes=ALL_SCOPES)
    job = Person(http, bearer)
    for path in ("/Appointment", "/Appointment/8f2c1f9e-3b1d-4f0e-9d55-6a1f0c7d2e11"):
        assert outcome(await job.get(f"{BASE}{path}")) == (403, "forbidden", "shared.person_needed")
        assert outcome(await get(http, path)) == (401, "login", "shared.unauthenticated")
    stranger = Person(http, token(f"never-introduced-{world.organisation}"))
    assert outcome(await stranger.get(f"{BASE}/Appointment"))[0] == 403
    bundle(await job.get(f"{BASE}/HealthcareService?organization={world.organisation}"))


async def test_every_refusal_is_an_outcome(world: World, http: httpx.AsyncClient, asking: Asking) -> None:
    here = f"organization={world.organisation}"
    asked: Iterator[tuple[str, int, str]] = iter(
        (
            ("/HealthcareService", 422, "invalid"),
            (f"/HealthcareService?{here}&{here}", 422, "invalid"),
            (f"/HealthcareService?{here}&patient=1", 422, "invalid"),
            (f"/HealthcareService?{here}&_count=0", 422, "invalid"),
            (f"/HealthcareService?{here}&_cursor=nonsense", 400, "invalid"),
            (f"/HealthcareService?{here}&_format=xml", 406, "not-supported"),
            ("/HealthcareService?organization=8f2c1f9e-3b1d-8f0e-9d55-6a1f0c7d2e11", 404, "not-found"),
            ("/HealthcareService/nonsense", 404, "not-found"),
            (f"/HealthcareService/{world.organisation}.aaaaaaaaaaaaaaaaaaaaaaaa", 404, "not-found"),
            ("/Patient", 404, "not-found"),
            ("/Patient/1", 404, "not-found"),
            ("/Appointment?date=soon", 422, "invalid"),
            ("/Appointment?date=2027-02-30", 422, "invalid"),
        )
    )
    for path, status, code in asked:
        assert outcome(await get(http, path))[:2] == (status, code), path
    assert outcome(await get(http, "/metadata", accept="application/fhir+xml"))[0] == 406
    assert outcome(await http.post(f"{BASE}/Appointment"))[:2] == (405, "not-supported")
    wrong = await http.post(f"{BASE}/Appointment/_search", json={})
    assert outcome(wrong)[0] == 415
    assert FORM["content-type"] in wrong.text
    assert outcome(await http.get(f"{BASE}/metadata?x=%zz"))[:2] == (400, "invalid")
    language = (await get(http, "/Patient", accept_language="nn")).headers["content-language"]
    assert language == "nn"


async def test_a_parameter_that_isnt_searched_by_is_named_if_the_standard_knows_it(
    http: httpx.AsyncClient,
) -> None:
    for name in ("_summary", "_pretty", "name"):
        issue = (await http.get(f"{BASE}/HealthcareService?{name}=true")).json()["issue"][0]
        assert (issue["code"], issue["expression"]) == ("invalid", [name])
    made_up = await http.get(f"{BASE}/HealthcareService?kari-nordmann=true")
    assert "expression" not in made_up.json()["issue"][0]
    assert "kari" not in made_up.text


async def test_what_one_has_already_is_not_sent_again(http: httpx.AsyncClient) -> None:
    first = await get(http, "/metadata")
    again = await get(http, "/metadata", if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    head = await http.head(f"{BASE}/metadata")
    assert (head.status_code, head.content) == (200, b"")


def test_the_models_would_find_a_fault() -> None:
    with pytest.raises(ValidationError):
        Appointment.model_validate({"resourceType": "Appointment", "status": "booked"})
    with pytest.raises(ValidationError):
        HealthcareService.model_validate({"resourceType": "HealthcareService", "theme": "Grief"})
