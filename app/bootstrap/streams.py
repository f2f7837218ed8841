"""Streams of one application, over what the service hears."""

from app.adapters.chance import SystemChance
from app.api.shared.streams.hub import Bounds, Streams
from app.bootstrap import Running


def streams_of(service: Running, bounds: Bounds | None = None) -> Streams:
    """The streams of an application, wired."""
    events, chance = service.ways.services.events, SystemChance()
    return Streams(
        tell=events.tell_news,
        look=events.find_circle,
        hearing=service.listening,
        spread=lambda seconds: chance.bits(16) * (seconds + 1) >> 16,
        bounds=bounds,
    )
