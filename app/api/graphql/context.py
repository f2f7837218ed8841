"""What the resolvers of one request share: who asks, the use cases, and loaders that live as long as the request."""

from dataclasses import dataclass, field

from starlette.requests import Request

from app.api.graphql.loaders import Loaders
from app.api.shared.ways import Ways
from app.domain.shared.actor import Actor


@dataclass
class Context:
    """One request."""

    request: Request
    ways: Ways
    actor: Actor
    loaders: Loaders = field(init=False)

    def __post_init__(self) -> None:
        self.loaders = Loaders(self.ways.services, self.actor)
