"""The story of one group, told chapter by chapter over HTTP: half by REST, half by GraphQL, refusals included.

From a course to a group that carries itself; a newcomer's tour, and the smoke test of CI. It brings its own invented
people, so it can be told again and again, and it asks nothing of a server that a client couldn't: meetings begin when
they begin, so it waits a few seconds for the first two.
"""

import httpx

from app.demo.story import (
    admission,
    alone,
    applying,
    course,
    early_meetings,
    farewell,
    forming,
    intake,
    organisation,
    own_affairs,
    refusal,
    volunteer,
)
from app.demo.story.scene import Scene
from app.demo.teller import Mint, Say, StoryBroke, Teller

CHAPTERS = (
    ("A centre", organisation.tell),
    ("A course from which a group can grow", course.tell),
    ("Conversations before a group", intake.tell),
    ("A group forms", forming.begin),
    ("A volunteer becomes a starter", volunteer.tell),
    ("Places, promises, and a date", forming.fill),
    ("The first meeting", early_meetings.first),
    ("The second meeting", early_meetings.second),
    ("The group's own affairs", own_affairs.tell),
    ("Open for new people, and an application", applying.tell),
    ("The ballot, and a new generation", admission.tell),
    ("The starter leaves", farewell.tell),
    ("A no in neutral words", refusal.tell),
    ("A group that carries itself", alone.tell),
)


async def play(url: str, mint: Mint, say: Say) -> int:
    """Tell the story against a running server. 0 where every step went as it has to."""
    async with httpx.AsyncClient(base_url=url, timeout=30) as http:
        scene = Scene(Teller(http, mint, say))
        try:
            for title, tell in CHAPTERS:
                scene.t.chapter(title)
                await tell(scene)
        except (StoryBroke, httpx.HTTPError) as error:
            say(f"The story broke: {type(error).__name__}: {error}")
            return 1
    say("")
    say("That is the whole way. Nobody came in by any other, and nobody leads.")
    return 0
