"""A group forms from the course's sign-ups: invited by the centre, accepted by each, signed before anybody sees a name."""

from app.demo.story.scene import FOUNDERS, Scene, require


async def begin(s: Scene) -> None:
    """Those who signed up are invited, and Eli with them."""
    t = s.t
    formed = await t.graphql(
        "kari",
        f'formGroupFromCourse(courseId: "{s.course}")',
        "... on CourseGroup { groupId invited waitingForIntake }",
    )
    s.group = formed["groupId"]
    t.step(f"From the sign-ups a group forms (GraphQL): {formed['invited']} are invited, in their order.")
    await _offered(s)
    path = f"{s.room}/placements"
    t.step("Kari invites Eli, whose intake allows a group; Gro's ended in other help (REST).")
    await t.rest("kari", "POST", path, {"person_id": s.people["eli"]})
    await t.rest("kari", "POST", path, {"person_id": s.people["gro"]}, refused="intake.needed")
    t.step("She would like to fix the first meeting already.")
    body = {"starts_at": s.soon(), "place": "Storyby library, second floor"}
    await t.rest("kari", "POST", f"{s.room}/meetings", body, refused="meetings.too_few")


async def _offered(s: Scene) -> None:
    """The group stands among the offers while it forms, and people wait for a place in the order of asking."""
    t = s.t
    shown = await t.rest("kari", "PUT", f"{s.room}/offer")
    offers = await t.rest(None, "GET", f"{s.centre}/offers")
    (offer,) = offers["items"]
    t.step(
        f"Kari puts it among the offers, as there is a seat left (REST): {offer['theme']}, {offer['area']}."
    )
    for hint in shown["advice"]:
        t.note(f"Advice, in nobody's way: “{hint['text']}”")
    call = (
        f'askForPlace(organisationId: "{s.organisation}", applicationCode: "{offer["application_code"]}",'
        ' alias: "%s")'
    )
    picks = "... on Waiting { state }"
    t.step("Eli asks for a place with the code (GraphQL), and so does Gro.")
    await t.graphql("eli", call % "Elg", picks)
    await t.graphql("gro", call % "Grevling", picks)
    waiting = await t.rest("kari", "GET", f"{s.room}/waiting")
    t.note(
        f"On the waiting list, in the order of asking: {', '.join(each['alias'] for each in waiting['items'])}."
    )


async def fill(s: Scene) -> None:
    """Everybody accepts under an alias, hears from the starter, and signs."""
    t = s.t
    for index, (who, alias) in enumerate(FOUNDERS.items()):
        invitations = await t.rest(who, "GET", "/v1/me/invitations")
        place = invitations["items"][0]["id"]
        if index % 2:
            await t.graphql(
                who, f'acceptPlace(placementId: "{place}", alias: "{alias}")', "... on Group { id }"
            )
        else:
            await t.rest(who, "POST", f"/v1/placements/{place}/acceptance", {"alias": alias})
    t.step(f"{len(FOUNDERS)} people accept their places themselves, each under an alias of their own.")
    t.step("Stine writes to them before they meet (GraphQL). She sees no name and no address (V-17).")
    await t.graphql(
        "stine",
        f'writeToParticipants(assignmentId: "{s.assignment}",'
        ' words: "I am Stine. I help you to begin, and then I leave.")',
        "... on StarterMessage { id }",
    )
    read = await t.rest("anna", "GET", f"{s.room}/starter-messages")
    t.note(f"Anna reads: “{read['items'][0]['words']}”")
    t.step("Anna wants to see who else is there before she has signed.")
    seen = await t.rest("anna", "GET", s.room)
    require(seen["members"] is None, "the roster is shown to somebody who hasn't signed")
    t.note("She sees no names: the roster comes with the declaration (C-01).")
    for who in FOUNDERS:
        await t.sign(who, s.group)
    t.step("All five sign the declaration of confidentiality. Now they see each other's aliases.")
