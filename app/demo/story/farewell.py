"""The starter leaves, and to her the group is as absent as to anybody else."""

from app.demo.story.scene import Scene, require


async def tell(s: Scene) -> None:
    """A follow-up is agreed, Stine steps out, and is invited back to one meeting."""
    t = s.t
    day = s.in_days(60).date().isoformat()
    agreed = await t.graphql(
        "bjorn",
        f'setFollowUp(assignmentId: "{s.assignment}", day: "{day}")',
        "... on Assignment { followUpOn }",
    )
    t.step(f"The group and Stine agree on a follow-up (GraphQL): {agreed['followUpOn']} (X-08).")
    mine = await t.rest("stine", "GET", "/v1/me/assignments")
    t.note(f"Her stay ends by itself at {mine['items'][0]['ends_at']}: no job has to run (X-10).")
    t.step("The story can't wait so long. They agree that she goes now, and she steps out (REST, X-06).")
    inside = await t.rest("stine", "GET", s.room)
    require(inside["my_standing"] == "starter", "the starter isn't one before her exit")
    t.note(f"A moment before she was {inside['my_standing']}, and met {len(inside['members'])} aliases.")
    await t.rest("stine", "POST", f"/v1/starter-assignments/{s.assignment}/end")
    await _as_a_stranger(s)
    seen = await t.rest("cecilie", "GET", f"/v1/starter-assignments/{s.assignment}")
    steps = ", ".join(each["step"] for each in seen["exit_versions"])
    t.note(f"The group reads: “{seen['exit_in_words']}” Every version is kept: {steps}.")
    await _invited_back(s)


async def _as_a_stranger(s: Scene) -> None:
    """Everything of the group answers her as it answers somebody who has never heard of it."""
    t = s.t
    await s.introduce("oda")
    meeting = s.meetings[2]
    asked = {
        s.room: "groups.not_found",
        f"{s.room}/meetings": "groups.not_found",
        f"{s.room}/starters": "groups.not_found",
        f"{s.room}/starter-messages": "groups.not_found",
        f"/v1/meetings/{meeting}": "meetings.not_found",
        f"/v1/meetings/{meeting}/agenda": "meetings.not_found",
        f"/v1/starter-assignments/{s.assignment}": "starters.not_found",
    }
    for path, code in asked.items():
        hers = await t.quietly("stine", "GET", path, code)
        require(hers == await t.quietly("oda", "GET", path, code), f"{path} tells a starter from a stranger")
    t.step(
        f"Stine asks for the group, and so does Oda, who has never heard of it: {len(asked)} times by REST."
    )
    t.note(f"Both get 404, word for word the same: “{hers['title']}”")
    call = f'?readGroup(groupId: "{s.group}")'
    picks = "... on Group { phase }"
    t.note("By GraphQL, Stine and then Oda:")
    hers = await t.graphql("stine", call, picks, refused="groups.not_found")
    others = await t.graphql("oda", call, picks, refused="groups.not_found")
    require(hers == others, "GraphQL tells a starter from a stranger")


async def _invited_back(s: Scene) -> None:
    t = s.t
    await t.rest(
        "david", "POST", f"/v1/starter-assignments/{s.assignment}/visits", {"meeting_id": s.meetings[2]}
    )
    visits = await t.graphql("stine", "?listMyVisits", "... on MyVisitList { items { startsAt place } }")
    (visit,) = visits["items"]
    t.step(f"They invite her back to one meeting (X-07). She learns where and when: {visit['place']}.")
    t.note("No name, and no group:")
    await t.rest("stine", "GET", s.room, refused="groups.not_found")
