"""The use cases of people, wired."""

from app.bootstrap.kit import Kit
from app.services.people.introduce_myself import IntroduceMyself
from app.services.people.read_me import ReadMe
from app.services.registry import People


def people(kit: Kit) -> People:
    """Each use case with the ports that it names."""
    return People(
        read_me=ReadMe(kit.personal, kit.transact, kit.words),
        introduce_myself=IntroduceMyself(kit.personal),
    )
