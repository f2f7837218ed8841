"""What the worker has done, for the machinery around. No person, no organisation and no id in it."""

import time
from collections.abc import Iterable, Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from app.services.ports.duty import Duty

_BUCKETS = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 60.0)


class DutyMetrics:
    """Duties by name: how often, how they ended, how long they took, and when each last went well."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._runs = Counter(
            "verksted_duty_runs", "Runs of the worker's duties", ("duty", "ended"), registry=registry
        )
        self._seconds = Histogram(
            "verksted_duty_seconds", "How long a run took", ("duty",), buckets=_BUCKETS, registry=registry
        )
        self._last = Gauge(
            "verksted_duty_last_well_timestamp_seconds",
            "When a run last went well in this process",
            ("duty",),
            registry=registry,
        )

    def observe(self, duty: str, seconds: float, *, went_well: bool) -> None:
        """Count one run. Names come from our own list, so the number of series is bounded."""
        self._runs.labels(duty, "well" if went_well else "failed").inc()
        self._seconds.labels(duty).observe(seconds)
        if went_well:
            self._last.labels(duty).set(time.time())


class OwnFigures(Collector):
    """What duties count themselves: `verksted_<duty>_<figure>`."""

    def __init__(self, duties: Sequence[Duty], registry: CollectorRegistry) -> None:
        self._duties = duties
        registry.register(self)

    def collect(self) -> Iterable[Metric]:
        """As they stand now."""
        for duty in self._duties:
            for name, value in duty.figures().items():
                family = CounterMetricFamily if name.endswith("_total") else GaugeMetricFamily
                told = family(f"verksted_{duty.name}_{name}", f"Of the duty {duty.name}: {name}")
                told.add_metric([], value)
                yield told
