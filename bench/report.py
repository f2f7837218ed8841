"""The figures as tables of ratios, with the least and the most that a round has shown."""

from collections.abc import Sequence
from statistics import median

from bench.jobs import JOBS
from bench.machine import Sample

AIMS = {"J1": 4.0, "J2": 3.0, "J3": 4.0, "J4": 2.0}
"""Throughput in multiples of the idiomatic form."""
GROWTH_AIM, START_AIM, MEMORY_AIM = 1.2, 1.5, 150.0


def jobs_table(samples: dict[str, dict[str, list[Sample]]]) -> str:
    """Ratios to the idiomatic form of the same round: throughput and processor time."""
    lines = [
        "| job | × idiomatic | aim | of the raw limit | CPU, idiomatic ÷ ours | p50, ours ÷ idiomatic | CPU of ours |",
        "|---|---|---|---|---|---|---|",
    ]
    for job, found in samples.items():
        ours, theirs, raw = found["verksted"], found["idiomatic"], found["raw"]
        pairs = list(zip(ours, theirs, raw, strict=True))
        cells = (
            f"{job} {JOBS[job]}",
            _spread([a.rate / b.rate for a, b, _ in pairs]),
            f"≥ {AIMS[job]:g}{'' if median([a.rate / b.rate for a, b, _ in pairs]) >= AIMS[job] else ' (missed)'}",
            _spread([a.rate / c.rate for a, _, c in pairs]),
            _spread([b.cpu_us / a.cpu_us for a, b, _ in pairs]),
            _spread([a.median_ms / b.median_ms for a, b, _ in pairs]),
            f"{median([a.cpu_us for a in ours]):.0f} µs",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def growth_table(grown: dict[str, list[tuple[Sample, Sample]]], factor: int) -> str:
    """The median latency with `factor` times the data, in multiples of the same round's with once the data."""
    lines = [f"| job | p50 at {factor}× ÷ at 1× | aim | CPU at {factor}× ÷ at 1× |", "|---|---|---|---|"]
    for job, rounds in grown.items():
        ratios = [large.median_ms / small.median_ms for small, large in rounds]
        missed = "" if median(ratios) <= GROWTH_AIM else " (missed)"
        cpu = _spread([large.cpu_us / small.cpu_us for small, large in rounds])
        lines.append(f"| {job} {JOBS[job]} | {_spread(ratios)} | ≤ {GROWTH_AIM:g}{missed} | {cpu} |")
    return "\n".join(lines) + "\n"


def start_table(starts: Sequence[tuple[float, float]], memory: float) -> str:
    """Start and memory, with their aims."""
    seconds, processor = zip(*starts, strict=True)
    return (
        "| | measured | aim |\n|---|---|---|\n"
        f"| start, from the command to listening | {_spread(seconds)} s | ≤ {START_AIM:g} s |\n"
        f"| of that, processor time | {_spread(processor)} s | |\n"
        f"| resident memory after the load | {memory:.0f} MB | ≤ {MEMORY_AIM:g} MB |\n"
    )


def _spread(values: Sequence[float]) -> str:
    return f"{median(values):.2f} ({min(values):.2f}–{max(values):.2f})"
