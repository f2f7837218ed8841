"""The people and systems of the demo: invented, one of every role. In development anybody can log in as any of them."""

from dataclasses import dataclass

from app.domain.systems.account import SystemScope


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


@dataclass(frozen=True, slots=True)
class DemoSystem:
    """An invented system with an account in Fjordby."""

    client: str
    name: str
    does: str
    """What it may do, for the picker on the docs page and for its account."""
    scopes: tuple[SystemScope, ...]


SYSTEMS: tuple[DemoSystem, ...] = (
    DemoSystem(
        "demo-healthy-life",
        "Fjordby healthy-life centre",
        "announces courses, hands out codes after them, follows what happens, has it sent",
        (
            SystemScope.COURSES_READ,
            SystemScope.COURSES_WRITE,
            SystemScope.EVENTS_READ,
            SystemScope.RECOMMENDATIONS_WRITE,
            SystemScope.WEBHOOKS_WRITE,
        ),
    ),
    DemoSystem(
        "demo-planning",
        "Fjordby planning office",
        "reads published figures, follows offers and policies",
        (SystemScope.EVENTS_READ, SystemScope.STATISTICS_READ),
    ),
)
BY_SLUG = {person.slug: person for person in PEOPLE}
