"""Says in the last lines of a run that no browser was there, so that green never hides it.

The root conftest calls `pytest_terminal_summary` (pytest takes that hook from there only).
"""

import shutil

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium_path() -> str | None:
    """The browser of this machine, if it has one."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.getreports("skipped")
    without_node = [report for report in skipped if "no Node on this machine" in str(report.longrepr)]
    without_tools = [report for report in skipped if "no tools for the guides" in str(report.longrepr)]
    browser = [report for report in skipped if "browser" in report.keywords and report not in without_node]
    if browser:
        terminalreporter.section("browser tests", sep="=", yellow=True)
        terminalreporter.line(
            f"NOT RUN: {len(browser)} browser tests, because no Chromium was found ({', '.join(_NAMES)}).",
            yellow=True,
        )
    if without_node:
        terminalreporter.section("tests with Node", sep="=", yellow=True)
        terminalreporter.line(
            f"NOT RUN: {len(without_node)} tests of clients, linters and the pocket app, because no npm was found.",
            yellow=True,
        )
    if without_tools:
        terminalreporter.section("guides", sep="=", yellow=True)
        terminalreporter.line(
            f"NOT RUN: {len(without_tools)} tests of the guides, because bash, curl, jq or openssl was not found.",
            yellow=True,
        )
