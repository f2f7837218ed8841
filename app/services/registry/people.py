"""The use cases of people."""

from dataclasses import dataclass

from app.services.people.introduce_myself import IntroduceMyself
from app.services.people.read_me import ReadMe


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Oneself."""

    read_me: ReadMe
    introduce_myself: IntroduceMyself
