"""How many streams there are, for `/metrics`: numbers of this process, and nothing of anybody."""

from collections.abc import Iterable

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from app.api.shared.streams.hub import Streams


class StreamMetrics(Collector):
    """Read when it is asked for."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams

    def collect(self) -> Iterable[Metric]:
        """What holds at this moment."""
        streams = self._streams
        yield GaugeMetricFamily("verksted_stream_lines", "Lines that are open", streams.lines)
        yield GaugeMetricFamily("verksted_streams_open", "Streams that are open", streams.open_streams)
        yield GaugeMetricFamily(
            "verksted_streams_blind", "1: nothing is heard just now", int(streams.is_blind)
        )
        yield CounterMetricFamily("verksted_streams_refused", "Lines that were refused", streams.refused)
        yield CounterMetricFamily(
            "verksted_streams_dropped", "Happenings dropped where somebody read too slowly", streams.dropped
        )
