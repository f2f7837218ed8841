"""What is noted about a request: how long, how it ended, at which route. Never a value, a query or a person."""

from dataclasses import dataclass, field
from itertools import count

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram

_log = structlog.get_logger("verksted.access")
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE"})
_QUIET = frozenset({"/livez", "/readyz", "/metrics"})
_BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_UNMATCHED = "unmatched"
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


class Metrics:
    """Requests counted by route template, method and class of status, and their duration in seconds."""

    def __init__(self, registry: CollectorRegistry) -> None:
        labels = ("route", "method", "status")
        self._requests = Counter("verksted_http_requests", "Requests answered", labels, registry=registry)
        self._seconds = Histogram(
            "verksted_http_request_seconds", "Time to answer", labels, buckets=_BUCKETS, registry=registry
        )
        self._children: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def observe(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one request. Routes and methods come from our own lists, so the number of series is bounded."""
        key = (route, method, status // 100)
        children = self._children.get(key)
        if children is None:
            labels = (route, method, f"{status // 100}xx")
            children = self._children[key] = (self._requests.labels(*labels), self._seconds.labels(*labels))
        children[0].inc()
        children[1].observe(seconds)


@dataclass(frozen=True, slots=True)
class AccessLog:
    """Notes requests as structured lines and in the metrics.

    Every refused, failed or changing request gets a line; of the reads that went well one in `reads_one_in`.
    """

    metrics: Metrics
    reads_one_in: int = 1
    _reads: "count[int]" = field(default_factory=count)

    def note(self, request_id: str, method: str, template: str | None, status: int, seconds: float) -> None:
        """Note one request. `template` is None where no route matched; 499 means that the caller went away."""
        method = method if method in _METHODS else "other"
        route = template if template is not None else _UNMATCHED
        self.metrics.observe(route, method, status, seconds)
        if status < 400 and (route in _QUIET or (method in _READS and next(self._reads) % self.reads_one_in)):
            return
        _log.info(
            "request",
            request_id=request_id,
            method=method,
            route=route,
            status=status,
            duration_ms=round(seconds * 1000, 2),
        )
