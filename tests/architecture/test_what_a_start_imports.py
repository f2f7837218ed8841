"""A process that serves holds what every request needs; what one duty, route or command needs comes with its first use."""

import subprocess
import sys

from tests.architecture.tree import ROOT

WITH_THEIR_FIRST_USE = {
    "icalendar": "the first calendar (app.api.rest.calendars)",
    "httpx": "an issuer that is asked over the network (app.bootstrap.identity), or the story",
    "aiosmtplib": "a mail server (app.bootstrap.mail)",
    "babel.dates": "a mail with a day in it (app.adapters.mail.compose)",
    "holidays": "a meeting that is planned (app.adapters.calendar)",
    "tink": "the first key, or a thread beside the start (app.adapters.keys.keysets)",
    "strawberry": "the GraphQL schema, after listening (app.main)",
    "graphql": "the GraphQL schema, after listening (app.main)",
    "alembic": "migrating (app.cli)",
}


def test_a_start_imports_nothing_that_only_some_need() -> None:
    asked = f"import sys; import app.cli; print(*(set(sys.modules) & {set(WITH_THEIR_FIRST_USE)!r}))"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    found = done.stdout.split()
    assert not found, {name: f"comes with {WITH_THEIR_FIRST_USE[name]}" for name in found}
