"""Says in the last lines of a run that no browser was there, so that green never hides it.

The root conftest imports `pytest_terminal_summary` from here (pytest takes that hook from there only).
"""

import shutil

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium_path() -> str | None:
    """The browser of this machine, if it has one."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report for report in terminalreporter.getreports("skipped") if "browser" in report.keywords]
    if skipped:
        terminalreporter.section("browser tests", sep="=", yellow=True)
        terminalreporter.line(
            f"NOT RUN: {len(skipped)} browser tests, because no Chromium was found ({', '.join(_NAMES)}).",
            yellow=True,
        )
