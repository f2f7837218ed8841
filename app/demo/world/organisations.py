"""The organisations: a national body for each country, districts, and local ones of unequal size."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from random import Random

from app.adapters.words import ContentWords
from app.demo.world.ground import Place, Plan, Rows, names
from app.domain.organisations.organisation import Country, Level, usual_time_zone
from app.domain.organisations.policy import DecisionRuleName, Policy, PolicySettings
from app.domain.shared.ids import OrganisationId, organisation_id

GROUPS_EACH = 30
"""About so many groups a local organisation has."""
LOCALS_EACH = 8
"""About so many local organisations a district has."""
_SHARES = {Country.NO: 3, Country.DK: 1}
_AGE = timedelta(days=1100)


@dataclass(slots=True)
class Ground:
    """All organisations: those without groups, and the local ones with how many groups each has."""

    above: list[Place]
    local: list[tuple[Place, int]]


def lay_out(plan: Plan, words: ContentWords) -> Ground:
    """The organisations of a world. Their numbers follow from the world's, so that worlds stand side by side."""
    chance = Random(f"verksted {plan.number}")  # noqa: S311 a made-up world, no secret
    first = 1000 + chance.randrange(1 << 29)
    ground = Ground([], [])
    number = 0

    def place(country: Country, level: Level, town: str, name: str, parent: OrganisationId | None) -> Place:
        nonlocal number
        number += 1
        return _organisation(plan, words, organisation_id(first + number), country, level, town, name, parent)

    for country, groups in _by_country(plan.groups).items():
        lists = names()[country.value]
        towns = _towns(Random(f"{plan.number} {country}"), lists["towns_first"], lists["towns_last"])  # noqa: S311
        sizes = _sizes(chance, groups)
        top = place(country, Level.NATIONAL, towns[0], lists["national"], None)
        ground.above.append(top)
        district = top
        for index, size in enumerate(sizes):
            if index % LOCALS_EACH == 0:
                town = _town(towns, index)
                name = lists["district"].replace("{town}", town)
                district = place(country, Level.DISTRICT, town, name, top.organisation)
                ground.above.append(district)
            town = _town(towns, index + 1)
            name = chance.choice(lists["local"]).replace("{town}", town)
            ground.local.append((place(country, Level.LOCAL, town, name, district.organisation), size))
    return ground


def _by_country(groups: int) -> dict[Country, int]:
    whole = sum(_SHARES.values())
    danish = groups * _SHARES[Country.DK] // whole
    return {Country.NO: groups - danish, Country.DK: danish}


def _sizes(chance: Random, groups: int) -> list[int]:
    """Unequal sizes that add up."""
    many = max(1, ceil(groups / GROUPS_EACH))
    weights = [chance.uniform(0.3, 2.0) for _ in range(many)]
    sizes = [int(groups * weight / sum(weights)) for weight in weights]
    sizes[0] += groups - sum(sizes)
    return sizes


def _towns(chance: Random, first: list[str], last: list[str]) -> list[str]:
    towns = [one + other for one in first for other in last]
    chance.shuffle(towns)
    return towns


def _town(towns: list[str], index: int) -> str:
    again, at = divmod(index, len(towns))
    return towns[at] if not again else f"{towns[at]} {again + 1}"


def _organisation(
    plan: Plan, words: ContentWords, organisation: OrganisationId, country: Country, level: Level, town: str,
    name: str, parent: OrganisationId | None,
) -> Place:  # fmt: skip
    chance = Random(f"{plan.number} {organisation}")  # noqa: S311
    began = (
        plan.instant - _AGE + timedelta(days={Level.NATIONAL: 0, Level.DISTRICT: 10, Level.LOCAL: 20}[level])
    )
    zone = usual_time_zone(country)
    settings = _settings(chance, country, level)
    place = Place(plan, chance, Rows(), organisation, country, town, zone, settings, words, began)
    municipalities = [str(chance.randrange(1100, 5600))] if level is Level.LOCAL else []
    place.rows.add(
        "organisation", id=organisation, name=name, country=country, level=level, parent_id=parent,
        municipalities=municipalities, mergers="[]", time_zone=zone, created_at=began,
    )  # fmt: skip
    values = {name: getattr(settings, name) for name in Policy.setting_names()}
    place.add("policy", version=1, effective_from=began, **values)
    for subject, role in (("administrator", "administrator"), ("coordinator", "coordinator")):
        someone = place.person(began, subject)
        place.sign_for_organisation(someone, began)
        place.grant(someone, role, began)
        if role == "coordinator":
            place.coordinators.append(someone)
    if level is Level.LOCAL:
        someone = place.person(began, "interviewer")
        place.sign_for_organisation(someone, began)
        place.grant(someone, "interviewer", began)
        place.interviewers.append(someone)
    return place


def _settings(chance: Random, country: Country, level: Level) -> PolicySettings:
    """The country's own at first; some have decided otherwise."""
    shipped = Policy.default_for(country)
    if level is not Level.LOCAL or chance.random() < 0.5:
        return shipped
    return PolicySettings(
        intake_mode=shipped.intake_mode,
        ballot_rule=chance.choice([DecisionRuleName.NO_OBJECTION, DecisionRuleName.THREE_QUARTERS]),
        ballot_quorum_percent=chance.choice([75, 80, 100]),
        ballot_window_days=chance.choice([10, 14, 21]),
        entry_offer_days=chance.choice([14, 21]),
        dormant_after_days=chance.choice([42, 56]),
    )
