"""A volunteer centre, its policy, and the people who work for it."""

from app.demo.story.scene import Scene


async def tell(s: Scene) -> None:
    """Nora adds a centre, and it gets a coordinator and an interviewer."""
    t = s.t
    t.step(
        "Nora, administrator of the national body, adds a volunteer centre (REST). It begins with a policy."
    )
    directory = await t.rest(None, "GET", "/v1/organisations?limit=100")
    national = next(each["id"] for each in directory["items"] if each["name"] == "Verksted Norge")
    made = await t.rest(
        "nora",
        "POST",
        "/v1/organisations",
        {"parent_id": national, "name": f"Storyby {t.run}", "country": "NO", "level": "local"},
    )
    s.organisation = made["id"]
    policy = await t.rest(None, "GET", f"{s.centre}/policy")
    settings = policy["settings"]
    t.note(f"Policy version {policy['version']}: {settings['size_max']} seats at most,")
    t.note(f"rule {settings['ballot_rule']}, ballots open for {settings['ballot_window_days']} days.")
    adopted = await t.graphql(
        "nora",
        f'adoptPolicy(organisationId: "{s.organisation}", version: {policy["newest_version"]},'
        " settings: {intakeMode: CONVERSATION_OPTIONAL})",
        "... on Policy { version settings { intakeMode } }",
    )
    t.step(
        f"She adopts version {adopted['version']} (GraphQL): a conversation may come before a group, or one's own word."
    )
    await s.introduce("kari", "ivar")
    roles = f"{s.centre}/registrations"
    await t.rest("nora", "PUT", f"{roles}/{s.people['kari']}/roles/coordinator")
    await t.rest("nora", "PUT", f"{roles}/{s.people['ivar']}/roles/interviewer")
    t.step(
        "Kari and Ivar register themselves; Nora makes her coordinator and him interviewer. Kari looks for courses:"
    )
    await t.rest("kari", "GET", f"{s.centre}/courses", refused="organisations.declaration_needed")
    for who in ("kari", "ivar"):
        await t.promise(who, s.organisation)
    t.note("Both promise confidentiality (C-07). Now they can work.")
