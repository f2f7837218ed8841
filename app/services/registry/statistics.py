"""The use cases of statistics."""

from dataclasses import dataclass

from app.services.statistics.read_statistics import ReadStatistics


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Figures that can't betray anybody."""

    read_statistics: ReadStatistics
