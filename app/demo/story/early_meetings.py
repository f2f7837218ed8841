"""The first two meetings: with them the group is closed, and knows when its starter leaves."""

from app.demo.story.scene import Scene, require

_NOBODY = "6f0a4a0e-4b5b-4c36-9a68-0d6a0e1f5b11"


async def first(s: Scene) -> None:
    """Fixed by the coordinator; from its start the group is closed, and the exit is known to everybody in it."""
    t = s.t
    body = {"starts_at": s.soon(), "place": "Storyby library, second floor"}
    t.step("A member may not fix the first meeting; Kari does, now that enough have accepted (REST).")
    await t.rest("anna", "POST", f"{s.room}/meetings", body, refused="meetings.only_coordinator")
    planned = await t.rest("kari", "POST", f"{s.room}/meetings", body | {"starts_at": s.soon()})
    s.meetings.append(planned["id"])
    t.note("In life it would be the day that the course was told. Here it begins in three seconds. Waiting …")
    meeting = await s.begun(planned["id"], "anna")
    t.step(f"It has begun ({meeting['kind']}): from now on the group is closed, for good. Kari tries:")
    await t.graphql(
        "kari",
        f'inviteToPlace(groupId: "{s.group}", personId: "{_NOBODY}")',
        "... on Placement { id }",
        refused="groups.closed",
    )
    await t.rest("kari", "GET", f"{s.room}/placements", refused="groups.closed")
    await _agenda(s, planned["id"])
    known = await t.rest("bjorn", "GET", f"{s.room}/starters")
    t.step(f"Everybody in the group knows the exit (X-04): “{known['items'][0]['exit_in_words']}”")
    t.step("Cecilie would confirm it right away. That is for the second meeting (GraphQL):")
    await t.graphql(
        "cecilie",
        f'confirmExit(assignmentId: "{s.assignment}")',
        "... on Assignment { id }",
        refused="starters.not_yet",
    )


async def _agenda(s: Scene, meeting: str) -> None:
    t = s.t
    agenda = await t.rest("anna", "GET", f"/v1/meetings/{meeting}/agenda")
    stays = [item["title"] for item in agenda["items"] if not item["removable"]]
    t.step(f"Its agenda has {len(agenda['items'])} items (REST). Two can't be taken off: {'; '.join(stays)}.")
    without = [item for item in agenda["items"] if item["key"] != "signing"]
    await t.rest("anna", "GET", f"/v1/meetings/{meeting}/agenda")
    await t.rest(
        "anna",
        "PUT",
        f"/v1/meetings/{meeting}/agenda",
        {"items": [{"key": item["key"], "minutes": item["minutes"]} for item in without]},
        as_read=True,
        refused="meetings.agenda_item_stays",
    )


async def second(s: Scene) -> None:
    """Planned by the members alone; they confirm the exit, which nobody can make longer by themselves."""
    t = s.t
    t.step("The next meeting is the members' own to plan. Stine and Kari try (GraphQL, REST):")
    call = f'planMeeting(groupId: "{s.group}", startsAt: "%s", place: "Storyby library, second floor")'
    picks = "... on Meeting { id kind }"
    await t.graphql("stine", call % s.soon(), picks, refused="meetings.only_members")
    body = {"starts_at": s.soon(), "place": "The centre"}
    await t.rest("kari", "POST", f"{s.room}/meetings", body, refused="meetings.only_members")
    planned = await t.graphql("bjorn", call % s.soon(), picks)
    s.meetings.append(planned["id"])
    t.note("Bjørn plans it. Waiting …")
    await s.begun(planned["id"], "bjorn")
    agenda = await t.graphql(
        "david", f'?readAgenda(meetingId: "{planned["id"]}")', "... on MeetingAgenda { items { title } }"
    )
    t.step("The second meeting: " + "; ".join(item["title"] for item in agenda["items"]) + ".")
    t.step("They would like to keep Stine a little longer. Nobody can simply write that down:")
    shorten = f"/v1/starter-assignments/{s.assignment}/shortening"
    await t.rest("anna", "POST", shorten, {"max_meetings": 5}, refused="starters.only_shorter")
    confirmed = await t.graphql(
        "cecilie",
        f'confirmExit(assignmentId: "{s.assignment}")',
        "... on Assignment { confirmed meetingsHeld maxMeetings exitVersions { step by } }",
    )
    require(confirmed["confirmed"], "the exit isn't confirmed")
    t.step(
        f"They confirm it (X-05): {confirmed['meetingsHeld']} of {confirmed['maxMeetings']} meetings are over. Kept: "
        + ", then ".join(
            f"{each['step'].lower()} by the {each['by'].lower()}" for each in confirmed["exitVersions"]
        )
        + "."
    )
