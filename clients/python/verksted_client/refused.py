"""What the service says instead of doing something, as errors."""

from typing import Any

import httpx


class Refused(Exception):
    """The service said no, and why: a problem document (RFC 9457).

    Decide by `code`, which stays; show `title`, `detail` and `next` to people, in the language that was asked for.
    """

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(f"{problem['code']}: {problem['title']}")
        self.code: str = problem["code"]
        """Stable: decide by this one."""
        self.rules: tuple[str, ...] = tuple(problem["rules"])
        """Ids of the rules of self-help groups behind it."""
        self.title: str = problem["title"]
        self.detail: str = problem["detail"]
        """What happened and why."""
        self.next: str = problem["next"]
        """What the person can do."""
        self.status: int = problem["status"]
        self.errors: tuple[dict[str, Any], ...] = tuple(problem["errors"])
        """The places at fault, each with a JSON pointer; empty where none is."""
        self.instance: str = problem["instance"]
        """`urn:uuid` of the request, to be told to whoever runs the service."""


class Unreachable(Exception):
    """No answer came, or none that is the service's: no network, a time-out, a gateway's own page.

    Whether the request was carried out isn't known. Asking again with the same idempotency key is safe.
    """


def refusal_in(response: httpx.Response) -> Refused | Unreachable:
    """What an answer says that isn't the one that was hoped for."""
    if response.headers.get("content-type", "").startswith("application/problem+json"):
        try:
            return Refused(response.json())
        except (ValueError, KeyError, TypeError):
            pass  # as good as any other page that isn't ours
    return Unreachable(f"the answer was {response.status_code} and no problem document")
