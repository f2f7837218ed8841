"""The group decides to be open, stands among the offers, and somebody applies in her own words."""

from app.demo.story.scene import FOUNDERS, Scene


async def tell(s: Scene) -> None:
    """A ballot on being open, an offer without names, an application."""
    t = s.t
    t.step("Anna asks the group: shall we be open for new people? (GraphQL) A ballot opens.")
    ballot = await t.graphql(
        "anna",
        f'openBallot(groupId: "{s.group}", question: OPEN_FOR_NEW_PEOPLE)',
        "... on Ballot { id status ruleExplained rollSize secret }",
    )
    t.note(f"{ballot['rollSize']} on the roll. {ballot['ruleExplained']}")
    t.step("Stine knows them all by now. She has no vote, and to her there is no ballot:")
    await t.rest(
        "stine",
        "PUT",
        f"/v1/ballots/{ballot['id']}/my-vote",
        {"choice": "for"},
        refused="admission.ballot_not_found",
    )
    status = await t.vote_all(tuple(FOUNDERS), ballot["id"])
    t.note(f"After the last vote it is counted at once: {status}. There is nothing else to know.")
    offers = await t.rest(None, "GET", f"{s.centre}/offers")
    (offer,) = offers["items"]
    s.application_code = offer["application_code"]
    t.step(f"The group stands among the offers, for everyone: {offer['theme']}, {offer['area']}. No names.")
    await _application(s)


async def _application(s: Scene) -> None:
    t = s.t
    t.step("Hanne applies in her own words (GraphQL). First she has to register herself.")
    me = {"chosen_name": "Hanne", "languages": ["en"], "i_am_of_age": True}
    await t.rest("hanne", "PUT", "/v1/me", me)
    call = (
        f'applyToGroup(organisationId: "{s.organisation}", applicationCode: "{s.application_code}",'
        ' alias: "Havella", introduction: "I lost my father last winter.")'
    )
    picks = "... on Application { id stage message }"
    await t.graphql("hanne", call, picks, refused="organisations.not_registered")
    await s.introduce("hanne")
    await t.graphql("hanne", call, picks, refused="intake.needed")
    await s.declare_ready("hanne")
    application = await t.graphql("hanne", call, picks)
    s.application = application["id"]
    t.note(f"“{application['message']}”")
