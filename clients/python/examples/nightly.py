"""A municipality's nightly job: courses put in and kept right, offers and figures read, events followed.

VERKSTED_TOKEN=… python examples/nightly.py http://127.0.0.1:8000 ORGANISATION_ID courses.json

`courses.json` is what the municipality's own system knows, under its own ids. How far the events have been followed
stands in `courses.next` beside it. Run it again at any time, also after a crash: nothing is made twice, nothing missed.
"""

import json
import os
import sys
from datetime import date
from pathlib import Path
from uuid import UUID

from verksted_client import Refused, Unreachable, connect, each
from verksted_client.rest.api.admission import list_offers
from verksted_client.rest.api.courses import announce_course, note_announced_milestone
from verksted_client.rest.api.events import list_events
from verksted_client.rest.api.statistics import read_statistics
from verksted_client.rest.client import AuthenticatedClient
from verksted_client.rest.models import AnnouncedCourseIn, Milestone, NoteMilestoneIn


def run(client: AuthenticatedClient, organisation: UUID, ours: Path) -> None:
    """One night."""
    for course in json.loads(ours.read_text()):
        own_id, done = course.pop("own_id"), course.pop("milestones", {})
        body = AnnouncedCourseIn.from_dict(course)
        announced = announce_course.sync(organisation, own_id, client=client, body=body)
        print(f"Course {own_id}: {announced.outcome}.")
        for milestone, day in done.items():
            note = NoteMilestoneIn(done_on=date.fromisoformat(day))
            noted = note_announced_milestone.sync(
                organisation, own_id, Milestone(milestone), client=client, body=note
            )
            print(f"Course {own_id}: {milestone} on {day}, {noted.outcome}.")
    for offer in each(lambda cursor: list_offers.sync(organisation, client=client, cursor=cursor)):
        print(f"Offer: {offer.theme or 'any theme'}, {offer.form}, {offer.area}.")
    figures = read_statistics.sync(organisation, client=client)
    print(f"Groups that met in {figures.period}: {figures.groups.value or 'too few to tell'}.")
    kept = ours.with_suffix(".next")
    position = kept.read_text() if kept.exists() else None
    while True:
        page = list_events.sync(organisation, client=client, after=position, limit=100)
        for event in page.events:
            print(f"Event: {event.type_} of {event.subject}.")
        position = page.next_
        kept.write_text(position)  # only now: what came before it is done
        if not page.more:
            return


if __name__ == "__main__":
    url, organisation_id, file = sys.argv[1:]
    with connect(url, token=os.environ["VERKSTED_TOKEN"], language="en") as opened:
        try:
            run(opened, UUID(organisation_id), Path(file))
        except Refused as refused:
            sys.exit(f"Refused ({refused.code}): {refused.title}. {refused.next}")
        except Unreachable as lost:
            sys.exit(f"No answer: {lost}. The next night goes on from here.")
