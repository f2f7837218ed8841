"""Somebody else applies, and this time the answer is no: in neutral words, with other ways to help."""

from app.demo.story.scene import Scene

GROUP = ("anna", "bjorn", "cecilie", "david", "hanne")
"""Who is in it now."""


async def tell(s: Scene) -> None:
    """The group opens again, Jon applies, and somebody is against."""
    t = s.t
    t.step("The group opens again, on its own now. Jon applies, and this time somebody is against.")
    opening = await t.rest("hanne", "POST", f"{s.room}/ballots", {"question": "open_for_new_people"})
    await t.vote_all(GROUP, opening["id"])
    await s.introduce("jon")
    await s.declare_ready("jon")
    applied = await t.rest(
        "jon",
        "POST",
        f"{s.centre}/applications",
        {
            "application_code": s.application_code,
            "alias": "Jerv",
            "introduction": "I would like to talk.",
        },
    )
    ballot = await t.graphql(
        "cecilie",
        f'openBallot(groupId: "{s.group}", question: ADMISSION, applicationId: "{applied["id"]}")',
        "... on Ballot { id }",
    )
    await t.vote_all(GROUP, ballot["id"], against="david")
    mine = await t.graphql(
        "jon",
        f'?readApplication(applicationId: "{applied["id"]}")',
        "... on Application { message otherHelp { name phone } }",
    )
    t.note(f"Jon reads: “{mine['message']}”")
    t.note("and other ways to help: " + ", ".join(each["name"] for each in mine["otherHelp"]))
    await t.rest(
        "jon",
        "POST",
        f"/v1/applications/{applied['id']}/acceptance",
        {"signature": await t.signature("jon")},
        refused="admission.nothing_offered",
    )
    t.step("One refusal is enough for now. Anna closes the group for new people again, as any member may.")
    await t.rest("anna", "DELETE", f"{s.room}/open-for-new-people")
