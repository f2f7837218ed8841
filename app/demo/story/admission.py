"""The admission: a secret ballot, an offer, and with the entry a new generation."""

from app.demo.story.scene import Scene, require


async def tell(s: Scene) -> None:
    """The ballot on Hanne's application, from its opening to her entry."""
    ballot = await _opened(s)
    await _votes(s, ballot)
    await _entry(s)
    await _a_new_group(s)


async def _opened(s: Scene) -> str:
    t = s.t
    t.step(
        "Bjørn opens a ballot on it (REST). Roll, rule, quorum, closing time and a seat are fixed at once."
    )
    body = {"question": "admission", "application_id": s.application}
    ballot = await t.rest("bjorn", "POST", f"{s.room}/ballots", body)
    t.note(f"Until {ballot['closes_at']} at the latest; a seat is kept for Hanne.")
    t.step("A second ballot on the same application, and one by Kari, who is no member:")
    await t.rest("anna", "POST", f"{s.room}/ballots", body, refused="admission.ballot_under_way")
    await t.graphql(
        "kari",
        f'openBallot(groupId: "{s.group}", question: ADMISSION, applicationId: "{s.application}")',
        "... on Ballot { id }",
        refused="groups.not_found",
    )
    return str(ballot["id"])


async def _votes(s: Scene, ballot: str) -> None:
    t = s.t
    t.step("They vote, secretly. Anna changes her mind (GraphQL); nothing shows that she has.")
    vote = f'castVote(ballotId: "{ballot}", choice: %s)'
    picks = "... on Ballot { status rollSize myVote { hasVoted } }"
    await t.graphql("anna", vote % "ABSTAIN", picks)
    await t.graphql("anna", vote % "FOR", picks)
    mine = f"/v1/ballots/{ballot}/my-vote"
    await t.rest("bjorn", "PUT", mine, {"choice": "for"})
    seen = await t.graphql("cecilie", f'?readBallot(ballotId: "{ballot}")', picks)
    require(not seen["myVote"]["hasVoted"], "a vote is there that nobody cast")
    t.note(f"Cecilie sees: {seen['status'].lower()}, that she hasn't voted yet, and nothing of the others.")
    t.step("Hanne, whom it is about, and Kari try to vote.")
    await t.rest("hanne", "PUT", mine, {"choice": "for"}, refused="admission.ballot_not_found")
    await t.graphql("kari", vote % "FOR", picks, refused="admission.ballot_not_found")
    t.step("Eli leaves the group in the middle of it, at once and without a reason. Eli drops off the roll.")
    await t.rest("eli", "DELETE", f"{s.room}/my-membership")
    await t.rest("cecilie", "PUT", mine, {"choice": "abstain"})
    closed = await t.graphql("david", vote % "FOR", picks)
    t.step(
        f"David is the last. It closes and is counted: {closed['status'].lower()}. Who voted what, nobody can ever say."
    )
    await t.rest("anna", "PUT", mine, {"choice": "against"}, refused="admission.ballot_closed")
    heard = await t.rest("hanne", "GET", f"/v1/applications/{s.application}")
    t.note(f"Hanne reads: “{heard['message']}” Until {heard['offer_expires_at']}.")


async def _entry(s: Scene) -> None:
    t = s.t
    t.step("Anna asks another question meanwhile: it will be void once somebody new is there.")
    await t.rest("anna", "DELETE", f"{s.room}/open-for-new-people")
    other = await t.rest("anna", "POST", f"{s.room}/ballots", {"question": "open_for_new_people"})
    t.step("Hanne accepts and signs (REST): in one transaction she is a member and the group a new one.")
    path = f"/v1/applications/{s.application}/acceptance"
    entry = await t.rest("hanne", "POST", path, {"signature": await t.signature("hanne")})
    t.note(f"Generation {entry['generation']}; {entry['alias']} is in.")
    again = await t.rest("hanne", "POST", path, {"signature": await t.signature("hanne")})
    require(again == entry, "accepting twice is not the same as once")
    voided = await t.graphql("anna", f'?readBallot(ballotId: "{other["id"]}")', "... on Ballot { status }")
    page = await t.rest("anna", "GET", s.room)
    require(page["declaration_due"], "the declaration isn't due again")
    t.note(f"Anna's other ballot: {voided['status'].lower()}. Everybody's declaration is due again.")


async def _a_new_group(s: Scene) -> None:
    t = s.t
    for who in ("anna", "bjorn", "cecilie", "david"):
        await t.sign(who, s.group)
    t.step("The four others sign again: the set of people has changed (C-08).")
    page = await t.graphql(
        "hanne", f'?readGroup(groupId: "{s.group}")', "... on Group { generation groundRulesToBeRenewed }"
    )
    upcoming = await t.rest("hanne", "GET", f"{s.room}/meetings?upcoming=true&limit=1")
    kind = upcoming["items"][0]["kind"]
    require(kind == "new_generation" and page["groundRulesToBeRenewed"], "a new group goes on as the old one")
    t.note(f"The next meeting is for that: {kind}. The ground rules wait to be renewed (A-05).")
