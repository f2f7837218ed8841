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
    outside = await t.rest("kari", "GET", s.room)
    require(outside["members"] is None and outside["member_count"] is None, "the centre sees into the group")
    t.step(
        f"Kari sees that it is there: {outside['theme']}, {outside['size_band']}, {outside['phase']}. No more."
    )
