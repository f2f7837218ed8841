"""The use cases of statistics, wired."""

from app.bootstrap.kit import Kit
from app.services.registry import Statistics
from app.services.statistics.read_statistics import ReadStatistics


def statistics(kit: Kit) -> Statistics:
    """Each use case with the ports that it names."""
    return Statistics(read_statistics=ReadStatistics(kit.transact))
