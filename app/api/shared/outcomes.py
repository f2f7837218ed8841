"""Refusals as FHIR says them: an `OperationOutcome` (R4), with our own stable code, and what people read."""

from typing import Any, Final

FHIR_JSON: Final = "application/fhir+json"
FHIR: Final = "/fhir/"
"""Below this, everything speaks FHIR, refusals too."""
_ISSUES = {
    400: "invalid",
    401: "login",
    403: "forbidden",
    404: "not-found",
    405: "not-supported",
    406: "not-supported",
    408: "timeout",
    409: "conflict",
    410: "deleted",
    413: "too-long",
    414: "too-long",
    415: "not-supported",
    422: "invalid",
    429: "throttled",
    500: "exception",
    503: "transient",
}


def outcome_of(problem: Any) -> dict[str, Any]:
    """The outcome that says the same as a problem document."""
    issue: dict[str, Any] = {
        "severity": "error",
        "code": _ISSUES.get(problem["status"], "processing"),
        "details": {
            "coding": [{"system": "urn:verksted:problems", "code": problem["code"]}],
            "text": " ".join((problem["title"] + ".", problem["detail"], problem["next"])),
        },
        "diagnostics": problem["instance"],
    }
    places = [each["pointer"].strip("/").replace("/", ".") for each in problem["errors"] if each["pointer"]]
    if places:
        issue["expression"] = places
    return {"resourceType": "OperationOutcome", "issue": [issue]}
