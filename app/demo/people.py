"""The people of the demo: invented, one of every role. In development anybody can log in as any of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Demo:
    """An invented person."""

    slug: str
    name: str
    does: str
    """What they are to the demo, for the picker on the docs page."""
    language: str = "nb"


PEOPLE: tuple[Demo, ...] = (
    Demo("nora", "Nora", "administrator of the national body and of Fjordby"),
    Demo("kari", "Kari", "coordinator in Fjordby"),
    Demo("ivar", "Ivar", "interviewer in Fjordby"),
    Demo("stine", "Stine", "starter (volunteer) in Fjordby"),
    Demo("anna", "Anna", "member of the grief group"),
    Demo("bjorn", "Bjørn", "member of the grief group"),
    Demo("cecilie", "Cecilie", "member of the grief group"),
    Demo("david", "David", "member of the grief group"),
    Demo("eli", "Eli", "member of the grief group"),
    Demo("frode", "Frode", "has a place in the forming group"),
    Demo("guro", "Guro", "invited into the forming group"),
    Demo("hanne", "Hanne", "has registered and declared; could apply to the grief group"),
    Demo("lars", "Lars", "coordinator and administrator in Havnestad (Denmark)", "da"),
    Demo("mette", "Mette", "has registered in Havnestad; needs a conversation first", "da"),
    Demo("oda", "Oda", "has a login and nothing else"),
)
BY_SLUG = {person.slug: person for person in PEOPLE}
