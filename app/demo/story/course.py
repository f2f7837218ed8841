"""A coping course: milestones, and a sign-up that opens once date and place are there."""

from datetime import timedelta
from typing import Any

from app.demo.story.scene import Scene, require

SIGNED_UP = ("anna", "bjorn", "cecilie", "david")
"""Who signs up after the course."""


async def tell(s: Scene) -> None:
    """Kari holds a course, and its people sign up for a group."""
    t = s.t
    first_day = s.in_days(-42).date()
    about: dict[str, Any] = {
        "title": "Living with loss",
        "first_day": first_day.isoformat(),
        "last_day": s.in_days(0).date().isoformat(),
        "form": "in_person",
        "area": "Storyby",
        "language": "nb",
        "theme": "Grief",
        "seats": 6,
    }
    t.step("Kari notes a course of six weeks that ends today (REST). A group can grow from it.")
    course = await t.rest("kari", "POST", f"{s.centre}/courses", about)
    s.course = course["id"]
    for each in course["milestones"]:
        t.note(f"{each['due_on']} {each['rule']}: {each['what']}")
    for index, name in enumerate(
        ("TOLD_FROM_THE_START", "OPEN_FOR_QUESTIONS", "RAISED_AGAIN", "NEEDS_CLARIFIED")
    ):
        noted = await t.graphql(
            "kari",
            f'noteMilestone(courseId: "{s.course}", milestone: {name},'
            f' doneOn: "{first_day + timedelta(days=7 * index)}")',
            "... on Course { milestones { state } }",
        )
    t.step(
        "She has told of the group from the first day, and notes four of the five milestones (GraphQL): "
        + ", ".join(each["state"].lower() for each in noted["milestones"])
        + "."
    )
    t.step("She opens the sign-up, without having said when and where the group starts.")
    await t.rest("kari", "POST", f"/v1/courses/{s.course}/sign-up-opening", refused="courses.start_undecided")
    await _decide_and_open(s, about)
    await _sign_ups(s)


async def _decide_and_open(s: Scene, about: dict[str, Any]) -> None:
    t = s.t
    starts = s.in_days(3)
    about |= {
        "group_starts_at": starts.isoformat(),
        "group_place": "Storyby library, second floor",
        "practical": "There is coffee. The entrance is at the back.",
    }
    await t.rest("kari", "GET", f"/v1/courses/{s.course}")
    await t.rest("kari", "PUT", f"/v1/courses/{s.course}", about, as_read=True)
    opened = await t.graphql(
        "kari", f'openSignUp(courseId: "{s.course}")', "... on Course { signUpOpen signUpCode }"
    )
    require(opened["signUpOpen"], "the sign-up did not open")
    s.sign_up_code = opened["signUpCode"]
    t.step(
        f"With the library, {starts:%-d %B}, it opens (R-02). She gives the code to the course, to no address."
    )


async def _sign_ups(s: Scene) -> None:
    t = s.t
    body = {"sign_up_code": s.sign_up_code}
    path = f"{s.centre}/course-sign-ups"
    t.step("Anna signs up with the code (REST). First she registers: nobody can do it for her.")
    me = {"chosen_name": "Anna", "languages": ["en"], "i_am_of_age": True}
    await t.rest("anna", "PUT", "/v1/me", me)
    await t.rest("anna", "POST", path, body, refused="organisations.not_registered")
    await s.introduce(*SIGNED_UP)
    await t.rest("anna", "POST", path, {"sign_up_code": "notthecode"}, refused="courses.sign_up_not_open")
    mine = await t.rest("anna", "POST", path, body)
    t.note(f"She is told: {mine['group_place']}. {mine['practical']}")
    for who in SIGNED_UP[1:]:
        await t.graphql(
            who,
            f'signUpForGroup(organisationId: "{s.organisation}", signUpCode: "{s.sign_up_code}")',
            "... on MySignUp { groupPlace }",
        )
    await t.graphql(
        "kari",
        f'noteMilestone(courseId: "{s.course}", milestone: SIGN_UPS_TAKEN, doneOn: "{s.in_days(0).date()}")',
        "... on Course { version }",
    )
    t.step("Bjørn, Cecilie and David sign up, too (GraphQL), and the fifth milestone is done (R-08).")
