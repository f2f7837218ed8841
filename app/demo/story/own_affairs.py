"""What a group settles for itself: its rhythm, who can't come, its ground rules."""

from app.demo.story.scene import FOUNDERS, Scene, require


async def tell(s: Scene) -> None:
    """A series, an absence without a reason, even speaking time, and ground rules by ballot."""
    await _series(s)
    await _absence(s)
    await _ground_rules(s)


async def _series(s: Scene) -> None:
    t = s.t
    first = s.in_days(7).strftime("%Y-%m-%dT18:00")
    series = await t.rest(
        "anna",
        "POST",
        f"{s.room}/series",
        {"first_local": first, "place": "Storyby library, second floor", "minutes": 120},
    )
    t.step("Anna writes down their rhythm (REST): weekly at first, then every second week (M-04).")
    t.note("; ".join(line for each in series["recurrence"] for line in each.splitlines()[1:]))
    coming = await t.graphql(
        "bjorn",
        f'?listMeetings(groupId: "{s.group}", upcoming: true, first: 100)',
        "... on MeetingPage { items { id kind startsAt } }",
    )
    s.meetings += [each["id"] for each in coming["items"]]
    kinds = [each["kind"].lower() for each in coming["items"][:3]]
    t.note(f"{len(coming['items'])} meetings stand in the calendar. The next ones: {', '.join(kinds)} …")
    require(kinds[0] == "last_with_starter", "the third meeting isn't the starter's last")


async def _absence(s: Scene) -> None:
    t = s.t
    meeting = s.meetings[2]
    await t.rest("david", "PUT", f"/v1/meetings/{meeting}/my-absence")
    seen = await t.graphql(
        "eli", f'?listAbsences(meetingId: "{meeting}")', "... on AbsenceList { items { alias } }"
    )
    t.step(
        f"David can't come next time (REST). Eli sees it: {seen['items'][0]['alias']}. Why, nobody asks (N-01)."
    )
    plan = await t.rest("eli", "GET", f"/v1/meetings/{meeting}/rounds")
    t.note(f"A plan for {plan['speakers']}: {plan['share']} minutes each, whoever they are (M-16).")
    t.note("Kari, who isn't in the group, asks who is away:")
    await t.rest("kari", "GET", f"/v1/meetings/{meeting}/absences", refused="meetings.not_found")


async def _ground_rules(s: Scene) -> None:
    t = s.t
    t.step("Stine thinks they need ground rules, and would write them. They are the group's own (G-15):")
    call = (
        f'draftGroundRules(groupId: "{s.group}", agreement: {{rhythm: "Weekly, two hours",'
        ' absenceChannel: IN_APP, absenceHours: 24, refreshments: "Coffee and tea",'
        ' breaks: "Half way", points: ["Phones stay in the bag"]})'
    )
    picks = "... on GroundRules { id status unspoken }"
    await t.graphql("stine", call, picks, refused="groups.not_found")
    draft = await t.graphql("cecilie", call, picks)
    ballot = await t.rest(
        "cecilie",
        "POST",
        f"{s.room}/ballots",
        {"question": "ground_rules", "ground_rules_id": draft["id"]},
    )
    status = await s.t.vote_all(tuple(FOUNDERS), ballot["id"])
    rules = await t.rest("david", "GET", f"/v1/ground-rules/{draft['id']}")
    t.step(f"Cecilie writes a draft, all vote on it: {status}. From now on the rules are {rules['status']}.")
    require(rules["status"] == "in_force", "adopted ground rules aren't in force")
