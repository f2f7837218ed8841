"""Our views as resources of FHIR R4. Small enough to write by hand; tests hold them against the models of a library.

A group is no patient, a meeting no treatment, a theme no diagnosis: so nothing here is coded as one, and an appointment
says no more than a calendar does that lies open (docs/adr/0071).
"""

from datetime import UTC, datetime
from typing import Any

from app.content.texts import Language, Texts
from app.services.admission.views import OfferKind, OfferView
from app.services.meetings.calendar_views import CalendarEntry
from app.services.organisations.views import OrganisationView

FHIR_VERSION = "4.0.1"
BASE = "/fhir/R4"
_WRITTEN_ON = "2026-11-30"
_LANGUAGE_CODES = "urn:ietf:bcp:47"
_V3 = "http://terminology.hl7.org/CodeSystem/v3-"
_SEARCH = [{"code": "search-type"}, {"code": "read"}]


def service_id(offer: OfferView) -> str:
    """Its organisation and the code that stands with it."""
    return f"{offer.organisation_id}.{offer.application_code}"


def healthcare_service(
    offer: OfferView, organisation: OrganisationView, public_url: str, texts: Texts, language: Language
) -> dict[str, Any]:
    """An offer: a theme or none, how and roughly where it meets; never who, how many, or an address (O-02)."""

    def say(key: str) -> str:
        return texts.text("fhir", key, language)

    ours = f"{public_url}{BASE}"
    return {
        "resourceType": "HealthcareService",
        "id": service_id(offer),
        "language": language,
        "identifier": [{"system": f"{ours}/application-code", "value": offer.application_code}],
        "active": True,
        "providedBy": {
            "type": "Organization",
            "identifier": {"system": f"{ours}/organisation", "value": str(offer.organisation_id)},
            "display": organisation.name,
        },
        "type": [{"text": say("what")}],
        "location": [{"type": "Location", "display": offer.area}],
        "name": offer.theme or say("name"),
        "comment": say("forming" if offer.kind is OfferKind.FORMING else "meeting"),
        "characteristic": [
            {"coding": [{"system": f"{ours}/kind", "code": offer.kind.value}]},
            {"coding": [{"system": f"{ours}/form", "code": offer.form.value}]},
        ],
        "communication": [{"coding": [{"system": _LANGUAGE_CODES, "code": offer.language}]}],
        "appointmentRequired": True,
    }


def appointment(entry: CalendarEntry, texts: Texts, language: Language) -> dict[str, Any]:
    """A meeting of one's own, as it stands in one's calendar: no theme, no group, nobody else (M-h6, M-h7, P-h13)."""
    shown: dict[str, Any] = {
        "resourceType": "Appointment",
        "id": str(entry.uid),
        "meta": {"security": [{"system": f"{_V3}Confidentiality", "code": "R"}]},
        "language": language,
        "status": "cancelled" if entry.is_cancelled else "booked",
        "description": texts.text("meetings", "calendar.meeting", language),
        "start": _instant(entry.starts_at),
        "end": _instant(entry.ends_at),
        "participant": [
            {
                "type": [{"coding": [{"system": f"{_V3}ParticipationType", "code": "PART"}]}],
                "required": "optional",
                "status": "accepted",
            }
        ],
    }
    if entry.place is not None:
        shown["supportingInformation"] = [{"type": "Location", "display": entry.place}]
    return shown


def searchset(
    found: list[dict[str, Any]], public_url: str, self_link: str, next_link: str | None
) -> dict[str, Any]:
    """What a search has found. Lists here have no total."""
    links = [{"relation": "self", "url": f"{public_url}{self_link}"}]
    if next_link is not None:
        links.append({"relation": "next", "url": f"{public_url}{next_link}"})
    bundle: dict[str, Any] = {"resourceType": "Bundle", "type": "searchset", "link": links}
    if found:  # FHIR has no empty lists
        bundle["entry"] = [
            {
                "fullUrl": f"{public_url}{BASE}/{each['resourceType']}/{each['id']}",
                "resource": each,
                "search": {"mode": "match"},
            }
            for each in found
        ]
    return bundle


def capabilities(public_url: str) -> dict[str, Any]:
    """What can be asked for here."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": _WRITTEN_ON,
        "kind": "instance",
        "software": {"name": "Verksted"},
        "implementation": {
            "description": "Self-organised self-help groups: offers for everybody, meetings for oneself.",
            "url": f"{public_url}{BASE}",
        },
        "fhirVersion": FHIR_VERSION,
        "format": ["application/fhir+json", "json"],
        "rest": [
            {
                "mode": "server",
                "documentation": "Reading alone. What people can do stands in /openapi.json and /schema.graphql.",
                "security": {
                    "cors": False,
                    "service": [
                        {
                            "coding": [
                                {
                                    "system": "http://terminology.hl7.org/CodeSystem/restful-security-service",
                                    "code": "OAuth",
                                }
                            ]
                        }
                    ],
                    "description": "HealthcareService needs no token. Appointment takes a person's own, never a system's.",
                },
                "resource": [
                    {
                        "type": "HealthcareService",
                        "documentation": "Groups of an organisation that people can join. `organization` has to be given.",
                        "interaction": _SEARCH,
                        "searchParam": [
                            {
                                "name": "organization",
                                "type": "reference",
                                "documentation": "Id of the organisation, with or without `Organization/` before it.",
                            }
                        ],
                    },
                    {
                        "type": "Appointment",
                        "documentation": "Your own meetings: those of the last month, and all that are planned.",
                        "interaction": _SEARCH,
                        "searchParam": [
                            {
                                "name": "date",
                                "type": "date",
                                "documentation": "A day (UTC), with eq, ge, gt, le or lt before it; as often as you like.",
                            }
                        ],
                    },
                ],
            }
        ],
    }


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
