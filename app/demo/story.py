"""The story of one admission, told step by step over HTTP: half by REST, half by GraphQL, refusals included.

A newcomer's tour, and the smoke test of CI. It brings its own invented people, so it can be told again and again.
"""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx

from app.demo.teller import Mint, Say, StoryBroke, Teller

MEETING_IN = timedelta(seconds=2)


async def play(url: str, mint: Mint, say: Say) -> int:
    """Tell the story against a running server. 0 where every step went as it has to."""
    async with httpx.AsyncClient(base_url=url, timeout=15) as http:
        teller = Teller(http, mint, say)
        try:
            await _tell(teller)
        except (StoryBroke, httpx.HTTPError) as error:
            say(f"The story broke: {type(error).__name__}: {error}")
            return 1
    say("That is the whole way. Nobody came in by any other.")
    return 0


MEMBERS = {"anna": "Alke", "bjorn": "Bever", "cecilie": "Cikade", "david": "Due", "eli": "Elg"}


async def _tell(t: Teller) -> None:
    organisation = await _an_organisation(t)
    group = await _a_group_forms(t, organisation)
    await _it_meets(t, group)
    code = await _it_opens(t, organisation, group)
    application = await _somebody_applies(t, organisation, code)
    ballot = await _a_ballot(t, group, application)
    await _votes(t, group, ballot, application)
    await _entry(t, group, application)
    await _a_no_in_neutral_words(t, organisation, group, code)


async def _an_organisation(t: Teller) -> str:
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
    policy = await t.rest(None, "GET", f"/v1/organisations/{made['id']}/policy")
    t.note(f"Policy version {policy['version']}: {policy['settings']['size_max']} seats at most,")
    t.note(
        f"rule {policy['settings']['ballot_rule']}, ballots open for {policy['settings']['ballot_window_days']} days."
    )
    kari = await t.introduce("kari", made["id"])
    await t.rest("nora", "PUT", f"/v1/organisations/{made['id']}/registrations/{kari}/roles/coordinator")
    signature = {"signature": await t.signature("kari")}
    await t.rest("kari", "PUT", f"/v1/organisations/{made['id']}/my-declaration", signature)
    t.step("Kari registers herself, Nora makes her coordinator, and Kari promises confidentiality (C-07).")
    return str(made["id"])


async def _a_group_forms(t: Teller, organisation: str) -> str:
    t.step("Kari forms a group with six seats (GraphQL).")
    group = await t.graphql(
        "kari",
        f'formGroup(organisationId: "{organisation}", form: IN_PERSON, area: "Storyby", language: "nb",'
        ' theme: "Grief", seats: 6)',
        "... on Group { id phase }",
    )
    for who, alias in MEMBERS.items():
        person = await t.introduce(who, organisation)
        await t.rest(who, "POST", f"/v1/organisations/{organisation}/my-readiness")
        await t.graphql(
            "kari",
            f'inviteToPlace(groupId: "{group["id"]}", personId: "{person}")',
            "... on Placement { id }",
        )
        invitations = await t.rest(who, "GET", "/v1/me/invitations")
        await t.rest(
            who, "POST", f"/v1/placements/{invitations['items'][0]['id']}/acceptance", {"alias": alias}
        )
    t.step(
        f"{len(MEMBERS)} people register, declare and accept their places, each under an alias of their own."
    )
    t.step("Anna wants to see who else is there before she has signed.")
    seen = await t.rest("anna", "GET", f"/v1/groups/{group['id']}")
    if seen["members"] is not None:
        raise StoryBroke("the roster is shown to somebody who hasn't signed")
    t.note("She sees no names: the roster comes with the declaration (C-01).")
    for who in MEMBERS:
        await t.sign(who, str(group["id"]))
    t.step("All five sign the declaration of confidentiality. Now they see each other's aliases.")
    return str(group["id"])


async def _it_meets(t: Teller, group: str) -> None:
    begins = datetime.now(UTC) + MEETING_IN
    body = {"starts_at": begins.isoformat(), "place": "Storyby library, second floor"}
    t.step("A member may not fix the first meeting; Kari does, now that enough people have accepted (REST).")
    await t.rest("anna", "POST", f"/v1/groups/{group}/meetings", body, refused="meetings.only_coordinator")
    await t.rest("kari", "POST", f"/v1/groups/{group}/meetings", body)
    t.note("The meeting begins in two seconds. Waiting …")
    await asyncio.sleep((begins - datetime.now(UTC)).total_seconds() + 0.05)
    t.step(
        "The first meeting has begun: from now on the group is closed. Kari tries to place one more (GraphQL)."
    )
    await t.graphql(
        "kari",
        f'inviteToPlace(groupId: "{group}", personId: "{_NOBODY}")',
        "... on Placement { id }",
        refused="groups.closed",
    )
    await t.rest("kari", "GET", f"/v1/groups/{group}/placements", refused="groups.closed")


_NOBODY = "6f0a4a0e-4b5b-4c36-9a68-0d6a0e1f5b11"


async def _it_opens(t: Teller, organisation: str, group: str) -> str:
    t.step("Anna asks the group: shall we be open for new people? (GraphQL) A ballot opens.")
    ballot = await t.graphql(
        "anna",
        f'openBallot(groupId: "{group}", question: OPEN_FOR_NEW_PEOPLE)',
        "... on Ballot { id status ruleExplained rollSize secret }",
    )
    t.note(f"{ballot['rollSize']} on the roll. {ballot['ruleExplained']}")
    for index, who in enumerate(MEMBERS):
        answered = await t.rest(who, "PUT", f"/v1/ballots/{ballot['id']}/my-vote", {"choice": "for"})
        if index < len(MEMBERS) - 1 and answered["status"] != "open":
            raise StoryBroke("the ballot closed before everyone had voted")
    t.note(f"After the last vote it is counted at once: {answered['status']}. There is nothing else to know.")
    offers = await t.rest(None, "GET", f"/v1/organisations/{organisation}/offers")
    t.step(
        f"The group stands among the offers, for everyone: {offers['items'][0]['theme']}, Storyby. No names."
    )
    return str(offers["items"][0]["application_code"])


async def _somebody_applies(t: Teller, organisation: str, code: str) -> str:
    t.step(
        "Hanne applies in her own words (GraphQL). First she has to register herself: nobody can do it for her."
    )
    me = {"chosen_name": "Hanne", "languages": ["en"], "i_am_of_age": True}
    await t.rest("hanne", "PUT", "/v1/me", me)
    call = (
        f'applyToGroup(organisationId: "{organisation}", applicationCode: "{code}", alias: "Havella",'
        ' introduction: "I lost my father last winter.")'
    )
    picks = "... on Application { id stage message }"
    await t.graphql("hanne", call, picks, refused="organisations.not_registered")
    await t.rest("hanne", "PUT", f"/v1/organisations/{organisation}/my-registration", {"name": "Hanne"})
    await t.graphql("hanne", call, picks, refused="intake.needed")
    await t.rest("hanne", "POST", f"/v1/organisations/{organisation}/my-readiness")
    application = await t.graphql("hanne", call, picks)
    t.note(f"“{application['message']}”")
    return str(application["id"])


async def _a_ballot(t: Teller, group: str, application: str) -> str:
    t.step(
        "Bjørn opens a ballot on it (REST). Roll, rule, quorum, closing time and a seat are fixed in that instant."
    )
    body = {"question": "admission", "application_id": application}
    ballot = await t.rest("bjorn", "POST", f"/v1/groups/{group}/ballots", body)
    t.note(f"Until {ballot['closes_at']} at the latest; a seat is kept for Hanne.")
    t.step("A second ballot on the same application, and one by Kari, who is no member:")
    await t.rest("anna", "POST", f"/v1/groups/{group}/ballots", body, refused="admission.ballot_under_way")
    await t.graphql(
        "kari",
        f'openBallot(groupId: "{group}", question: ADMISSION, applicationId: "{application}")',
        "... on Ballot { id }",
        refused="groups.not_found",
    )
    return str(ballot["id"])


async def _votes(t: Teller, group: str, ballot: str, application: str) -> None:
    t.step("They vote, secretly. Anna changes her mind (GraphQL); nothing shows that she has.")
    vote = f'castVote(ballotId: "{ballot}", choice: %s)'
    picks = "... on Ballot { status rollSize myVote { hasVoted } }"
    await t.graphql("anna", vote % "ABSTAIN", picks)
    await t.graphql("anna", vote % "FOR", picks)
    await t.rest("bjorn", "PUT", f"/v1/ballots/{ballot}/my-vote", {"choice": "for"})
    seen = await t.graphql("cecilie", f'?readBallot(ballotId: "{ballot}")', picks)
    t.note(
        f"Cecilie sees: {seen['status']}, her own vote {seen['myVote']['hasVoted']}, and nothing of the others."
    )
    t.step("Hanne, whom it is about, and Kari try to vote.")
    await t.rest(
        "hanne",
        "PUT",
        f"/v1/ballots/{ballot}/my-vote",
        {"choice": "for"},
        refused="admission.ballot_not_found",
    )
    await t.graphql("kari", vote % "FOR", picks, refused="admission.ballot_not_found")
    t.step("Eli leaves the group in the middle of it, at once and without a reason. Eli drops off the roll.")
    await t.rest("eli", "DELETE", f"/v1/groups/{group}/my-membership")
    await t.rest("cecilie", "PUT", f"/v1/ballots/{ballot}/my-vote", {"choice": "abstain"})
    closed = await t.graphql("david", vote % "FOR", picks)
    t.step(
        f"David is the last. It closes and is counted: {closed['status']}. Who voted what, nobody can ever say."
    )
    await t.rest(
        "anna",
        "PUT",
        f"/v1/ballots/{ballot}/my-vote",
        {"choice": "against"},
        refused="admission.ballot_closed",
    )
    mine = await t.rest("hanne", "GET", f"/v1/applications/{application}")
    t.note(f"Hanne reads: “{mine['message']}” Until {mine['offer_expires_at']}.")


async def _entry(t: Teller, group: str, application: str) -> None:
    t.step("Anna asks another question meanwhile: it will be void once somebody new is there.")
    await t.rest("anna", "DELETE", f"/v1/groups/{group}/open-for-new-people")
    other = await t.rest("anna", "POST", f"/v1/groups/{group}/ballots", {"question": "open_for_new_people"})
    t.step("Hanne accepts and signs (REST): in one transaction she is a member and the group a new one.")
    entry = await t.rest(
        "hanne",
        "POST",
        f"/v1/applications/{application}/acceptance",
        {"signature": await t.signature("hanne")},
    )
    t.note(f"Generation {entry['generation']}; {entry['alias']} is in.")
    again = await t.rest(
        "hanne",
        "POST",
        f"/v1/applications/{application}/acceptance",
        {"signature": await t.signature("hanne")},
    )
    if again != entry:
        raise StoryBroke("accepting twice is not the same as once")
    voided = await t.graphql("anna", f'?readBallot(ballotId: "{other["id"]}")', "... on Ballot { status }")
    page = await t.rest("anna", "GET", f"/v1/groups/{group}")
    t.note(
        f"Anna's other ballot: {voided['status']}. Her declaration is due again: {page['declaration_due']}."
    )
    for who in ("anna", "bjorn", "cecilie", "david"):
        await t.sign(who, group)
    t.step("The four others sign again: the set of people has changed (C-08).")


async def _a_no_in_neutral_words(t: Teller, organisation: str, group: str, code: str) -> None:
    t.step("The group opens again, Jon applies, and this time somebody is against.")
    opening = await t.rest(
        "hanne", "POST", f"/v1/groups/{group}/ballots", {"question": "open_for_new_people"}
    )
    people = ("anna", "bjorn", "cecilie", "david", "hanne")
    for who in people:
        await t.rest(who, "PUT", f"/v1/ballots/{opening['id']}/my-vote", {"choice": "for"})
    await t.introduce("jon", organisation)
    await t.rest("jon", "POST", f"/v1/organisations/{organisation}/my-readiness")
    applied = await t.rest(
        "jon",
        "POST",
        f"/v1/organisations/{organisation}/applications",
        {"application_code": code, "alias": "Jerv", "introduction": "I would like to talk."},
    )
    ballot = await t.graphql(
        "cecilie",
        f'openBallot(groupId: "{group}", question: ADMISSION, applicationId: "{applied["id"]}")',
        "... on Ballot { id }",
    )
    for who in people:
        choice = "against" if who == "david" else "for"
        await t.rest(who, "PUT", f"/v1/ballots/{ballot['id']}/my-vote", {"choice": choice})
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
