"""A volunteer: trained step by step until she is assignable, and assigned with her exit fixed beforehand."""

from app.demo.story.scene import Scene, require

_PICKS = "... on Volunteer { status inWords isAssignable missing }"


async def tell(s: Scene) -> None:
    """Stine comes, is refused, is trained, and is assigned."""
    t = s.t
    await s.introduce("stine")
    await t.rest("stine", "PUT", f"{s.centre}/my-volunteering", {"recruited_from": "former_participant"})
    t.step("Stine offers to volunteer (REST); nobody asks about her work. Kari would send her at once:")
    starters = f"{s.room}/starters"
    await t.rest(
        "kari", "POST", starters, {"person_id": s.people["stine"]}, refused="starters.not_assignable"
    )
    await _training(s)
    t.step("Kari gives her the group. How long may a starter stay? Not for ten meetings (GraphQL):")
    call = f'assignStarter(groupId: "{s.group}", personId: "{s.people["stine"]}", maxMeetings: %d)'
    await t.graphql("kari", call % 10, "... on Assignment { id }", refused="starters.past_ceiling")
    given = await t.graphql("kari", call % 3, "... on Assignment { id exitInWords advice }")
    s.assignment = given["id"]
    t.note(f"For three, then, fixed before she starts (X-01): “{given['exitInWords']}”")
    for words in given["advice"]:
        t.note(f"Advice, in nobody's way: “{words}”")
    t.step(
        "Whoever helps a group is never in it: Stine says she is ready for one, and can't have a place (X-10)."
    )
    await s.declare_ready("stine")
    await t.rest(
        "kari",
        "POST",
        f"{s.room}/placements",
        {"person_id": s.people["stine"]},
        refused="starters.helper_stays_outside",
    )


async def _training(s: Scene) -> None:
    t = s.t
    entries = f"{s.centre}/volunteers/{s.people['stine']}/entries"
    now = t.server_now().replace(microsecond=0).isoformat()
    talk = {"kind": "conversation", "happened_at": now, "outcome": "suited"}
    t.step("Kari has the conversation with her (REST), and has to have seen what it takes (V-03):")
    await t.rest("kari", "POST", entries, talk, refused="volunteers.qualities_missing")
    qualities = ["listens", "meets_as_equal", "steps_back", "keeps_confidence"]
    await t.rest("kari", "POST", entries, talk | {"qualities": qualities})
    await _status(s)
    for module in ("METHOD", "VALUES", "PRINCIPLES"):
        await t.graphql(
            "kari",
            f'recordTraining(organisationId: "{s.organisation}", personId: "{s.people["stine"]}",'
            f' kind: INTRODUCTION, module: {module}, happenedAt: "{now}")',
            "... on TrainingEntry { id }",
        )
    t.step("She takes the introduction course: method, values, principles (GraphQL).")
    await _status(s)
    await t.promise("stine", s.organisation)
    t.step("She promises confidentiality (C-07).")
    require(await _status(s), "a trained volunteer isn't assignable")


async def _status(s: Scene) -> bool:
    """Tell how far she has come; whether she is assignable."""
    seen = await s.t.graphql(
        "kari",
        f'?readVolunteer(organisationId: "{s.organisation}", personId: "{s.people["stine"]}")',
        _PICKS,
    )
    s.t.note(f"{seen['status'].lower()}: “{seen['inWords']}”")
    return bool(seen["isAssignable"])
