"""The end, which is a beginning: a group that carries itself."""

from app.demo.story.scene import Scene, require


async def tell(s: Scene) -> None:
    """What Hanne finds of it, and how little the centre knows."""
    t = s.t
    page = await t.graphql(
        "hanne",
        f'?readGroup(groupId: "{s.group}")',
        "... on Group { generation memberCount members { alias isMe } myStanding }",
    )
    aliases = ", ".join(each["alias"] for each in page["members"])
    t.step(f"Hanne looks at her group (GraphQL): {aliases}. Generation {page['generation']}, and all alike.")
    await _at_home(s)
    outside = await t.rest("kari", "GET", s.room)
    require(outside["members"] is None and outside["member_count"] is None, "the centre sees into the group")
    t.step(
        f"Kari sees that it is there: {outside['theme']}, {outside['size_band']}, {outside['phase']}. No more."
    )


async def _at_home(s: Scene) -> None:
    """What each finds on their own first screen."""
    t = s.t
    me = await t.rest("hanne", "GET", "/v1/me")
    (group,), meetings = me["home"]["groups"], me["home"]["meetings"]
    t.step(
        f"Her first screen, in one request (REST): {group['theme']}, as {group['my_alias']}, {group['phase']}."
    )
    t.note(f"Next: {meetings[0]['starts_at']}, {meetings[0]['place']}. No end, and nobody who leads.")
    require(not me["home"]["declarations_due"], "something is still to be signed")
    picks = (
        "... on Me { home { groups { id } applications { message }"
        " organisations { training { inWords isAssignable } } } }"
    )
    stine = await t.graphql("stine", "?readMe", picks)
    require(not stine["home"]["groups"], "a starter who has left finds the group on her first screen")
    training = stine["home"]["organisations"][0]["training"]
    t.step(f"Stine's (GraphQL): no group any more. “{training['inWords']}” Another one may need her.")
    jon = await t.graphql("jon", "?readMe", picks)
    t.note(f"Jon's: “{jon['home']['applications'][0]['message']}”")
