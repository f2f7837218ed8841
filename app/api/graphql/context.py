"""What the resolvers of one request share: who asks, the use cases, and loaders that live as long as the request."""

from dataclasses import dataclass, field

from starlette.requests import Request

from app.api.graphql.loaders import Loaders
from app.api.shared.ways import Ways
from app.domain.shared.actor import Actor
from app.domain.shared.errors import StepUpNeeded


@dataclass
class Context:
    """One request."""

    request: Request
    ways: Ways
    actor: Actor
    loaders: Loaders = field(init=False)
    step_up: StepUpNeeded | None = None
    """Where a field asked for a stronger login: the header that says so stands beside the answer (RFC 9470)."""

    def __post_init__(self) -> None:
        self.loaders = Loaders(self.ways.services, self.actor)
