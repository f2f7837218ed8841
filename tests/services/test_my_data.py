"""Everything that is held about oneself: all of it, opened, and nothing about anybody else (GDPR art. 15 and 20)."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, replace

import pytest
from sqlalchemy import CheckConstraint

from app.adapters.postgres.inventory import INVENTORY
from app.adapters.postgres.inventory.held import Part
from app.adapters.postgres.own_data import in_copy, withheld
from app.adapters.postgres.tables import metadata
from app.content.texts import LANGUAGES, Language, Texts
from app.domain.intake.interest import Company, Wishes
from app.domain.intake.outcome import Outcome
from app.domain.keeping.data_kind import PERSONAL, SeenBy
from app.domain.keeping.masking import MASK, masked
from app.domain.people.consent import DataClass, Purpose
from app.domain.people.contact import ContactKind
from app.domain.shared.actor import Actor
from app.domain.shared.errors import PersonNeeded
from app.domain.shared.frames import Form, Weekday
from app.domain.volunteers.criteria import QualityKey
from app.services.keeping.telling import CODED, plain
from app.services.keeping.views import HeldSectionView, MyDataView
from tests.support.consents_world import consented
from tests.support.world import World


def sections(data: MyDataView) -> dict[str, HeldSectionView]:
    return {each.name: each for each in data.sections}


def values(section: HeldSectionView, name: str) -> list[list[str]]:
    return [entry.values[entry.names.index(name)] for entry in section.entries]


def test_every_personal_column_is_in_the_copy_or_says_why_not() -> None:
    copied = {
        (said.table, name)
        for tenant in (True, False)
        for said in in_copy(tenant=tenant)
        for name in said.copied()
    }
    for said in INVENTORY.values():
        assert not said.copied() or any(ref.part is Part.ABOUT for ref in said.of), said.table
        for each in said.columns:
            for name in each.names:
                if each.kind in PERSONAL:
                    reason = withheld(said).get(name)
                    assert (said.table, name) in copied or reason, (
                        f"{said.table}.{name}: neither copied nor withheld"
                    )


def test_nothing_in_the_copy_is_seen_by_nobody_and_a_seat_is_seen_by_whoever_sees_the_place() -> None:
    """What is in somebody's copy they see by that alone; a seat tells no more than the membership that has it."""
    unseen = [
        said.table
        for tenant in (True, False)
        for said in in_copy(tenant=tenant)
        if SeenBy.NOBODY in said.seen
    ]
    assert unseen == []
    assert INVENTORY["seat"].seen == INVENTORY["membership"].seen
    assert set(INVENTORY["seat"].seen) == {SeenBy.ONESELF, SeenBy.GROUP, SeenBy.STARTER}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("My sister is anne.li+x@example.no and", "My sister is ••• and"),
        ("call +47 22 33 44 55 now", "call ••• now"),
        ("born 010190 12345", "born •••"),
        ("see https://example.no/me?x=1 there", "see ••• there"),
        ("she is @anneli on it", "she is ••• on it"),
        ("in room 12 at 18", "in room 12 at 18"),
    ],
)
@pytest.mark.hazard("I-h5")
def test_i_h5_what_leads_to_others_is_masked(text: str, left: str) -> None:
    assert masked(text) == left.replace("•••", MASK)


async def test_it_is_all_there_and_nobody_else_is_in_it(world: World) -> None:
    group = await world.meeting()
    me, other = group.members[0], group.members[1]
    wishes = Wishes(
        theme="Grief", forms=(Form.VIDEO,), area="Area", weekdays=(Weekday.MONDAY,), language="nb", company=()
    )
    await world.do.intake.register_interest(me, world.organisation, wishes, True)
    await world.do.intake.keep_private_wish(me, world.organisation, "Not Kari from next door")
    data = await world.do.keeping.read_my_data(me)
    found = sections(data)
    assert values(found["membership"], "alias") == [["member0"]]
    assert values(found["interest"], "private_wish") == [["Not Kari from next door"]]
    assert values(found["interest"], "forms") == [["video"]]
    assert len(found["declaration"].entries) == 1
    assert [each.name for each in data.sections if each.organisation_id is None] == [
        "affiliation",
        "calendar_address",
        "identity",
        "person",
    ]
    written = json.dumps(asdict(data), default=str)
    for somebody in (*group.members[1:], world.coordinator):
        assert str(somebody.person_id) not in written
        assert (somebody.subject or "") not in written
    assert "member1" not in written
    theirs = json.dumps(asdict(await world.do.keeping.read_my_data(other)), default=str)
    assert "Kari" not in theirs
    assert str(me.person_id) not in theirs


async def test_what_one_did_for_others_is_counted_and_not_shown(world: World) -> None:
    person = await world.registered()
    await world.do.intake.record_outcome(
        world.coordinator, world.organisation, person.person_id, Outcome.GROUP, []
    )
    mine = sections(await world.do.keeping.read_my_data(world.coordinator))
    assert mine["intake_outcome"].entries == []
    assert mine["intake_outcome"].entries_about_others == 1
    theirs = sections(await world.do.keeping.read_my_data(person))
    assert values(theirs["intake_outcome"], "outcome") == [["group"]]
    assert {each.name: each.reason for each in theirs["intake_outcome"].withheld} == {
        "recorded_by": "another person's id"
    }


async def test_in_words_in_every_language(world: World) -> None:
    person = await world.registered("hanne_*<b>")
    for language in LANGUAGES:
        text = (await world.do.keeping.read_my_data_in_words(asked_in(person, language))).text
        assert text.startswith(f"# {Texts.load().text('keeping', 'title', language)}")
        assert "<b>" not in text.lower()
        assert "…" not in text


async def test_who_sees_an_address_is_as_one_has_consented(world: World) -> None:
    person = await world.registered()
    alone = [SeenBy.ONESELF]

    async def seen() -> list[SeenBy]:
        return sections(await world.do.keeping.read_my_data(person))["contact"].seen_by

    await consented(world, person, Purpose.CONTACT_ABOUT_GROUP)
    await world.do.people.keep_contact(person, world.organisation, ContactKind.EMAIL, "me@example.no")
    assert await seen() == alone
    text = (await world.do.keeping.read_my_data_in_words(asked_in(person, "en"))).text
    assert "coordinators" not in text.split("How you can be reached")[1].split("##")[0]
    await consented(world, person, Purpose.CONTACT_ABOUT_INTAKE)
    assert await seen() == [SeenBy.ONESELF, SeenBy.INTERVIEWER, SeenBy.COORDINATOR]
    await world.do.people.protect_my_identity(person)
    assert await seen() == alone
    await world.do.people.lift_my_protection(person)
    await world.do.people.withdraw_consent(person, world.organisation, Purpose.CONTACT_ABOUT_INTAKE)
    assert await seen() == alone


def asked_in(actor: Actor, language: str) -> Actor:
    return replace(actor, mark=replace(actor.mark, language=language))


def test_words_stay_words() -> None:
    assert plain("# a\n<script>*b*[c](d)&") == r"\# a &lt;script&gt;\*b\*\[c\](d)&amp;"
    assert plain("2026-11-30, in_app, a-b (c) _d_ !") == r"2026-11-30, in_app, a-b (c) \_d\_ !"


def test_the_words_are_there_in_every_language() -> None:
    wanted = {said.table for tenant in (True, False) for said in in_copy(tenant=tenant)}
    for language in LANGUAGES:
        topic = Texts.load().topic("keeping", language)
        assert set(topic["seen_by"]) == {each.value for each in SeenBy}
        missing = wanted - set(topic["tables"])
        assert not missing, f"app/content/{language}/keeping.toml says nothing for {missing} under [tables]"
        assert set(topic["columns"]) == set(Texts.load().topic("keeping", "en")["columns"])


IN_ARRAYS: dict[str, Iterable[str]] = {
    "company": Company, "data_classes": DataClass, "forms": Form, "languages": LANGUAGES, "qualities": QualityKey,
    "weekdays": Weekday, "is_protected": ("true", "false"),
}  # fmt: skip


def _choices() -> set[tuple[str, str]]:
    """Every value of a closed list that a column in the copy can have, with its column."""
    found = {(column, str(value)) for column, values in IN_ARRAYS.items() for value in values}
    for tenant in (True, False):
        for said in in_copy(tenant=tenant):
            for each in metadata.tables[said.table].constraints:
                text = str(each.sqltext) if isinstance(each, CheckConstraint) else ""
                for match in re.finditer(r"\b(\w+) in \(('[^)]*')\)", text):
                    found |= {(match[1], value) for value in re.findall(r"'(\w+)'", match[2])}
                if simple := re.fullmatch(r"(\w+) = '(\w+)'", text):
                    found.add((simple[1], simple[2]))
    copied = {name for tenant in (True, False) for said in in_copy(tenant=tenant) for name in said.copied()}
    return {(column, value) for column, value in found if column in copied}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_and_every_choice_has_its_word(language: Language) -> None:
    topic = Texts.load().topic("keeping", language)
    columns = {name for tenant in (True, False) for said in in_copy(tenant=tenant) for name in said.copied()}
    columns = {name for name in columns if not name.endswith("_sealed")}
    assert not columns - set(topic["columns"]), "[columns] lacks words"
    choices = _choices()
    assert {column for column, _ in choices} == CODED
    assert len(choices) > 150
    assert not {value for _, value in choices} - set(topic["values"]), "[values] lacks words"
    if language != "en":
        assert (
            topic["columns"]["occurred_at"] != Texts.load().topic("keeping", "en")["columns"]["occurred_at"]
        )


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_readable_copy_is_in_ones_own_words_and_by_ones_own_clock(
    world: World, language: Language
) -> None:
    person = await world.registered()
    await consented(world, person, Purpose.TAKING_PART)
    text = (await world.do.keeping.read_my_data_in_words(asked_in(person, language))).text
    said = Texts.load().topic("keeping", language)
    assert not re.search(r"in.?_app|taking_part|self_declared|[0-9]T[0-9]{2}:", text)
    assert f"- {said['columns']['method']}: {said['values']['in_app']}" in text
    assert re.search(r"[0-9]{2}:[0-9]{2} \(UTC\+0[12]:00\)", text)
    assert f"{said['organisation']} {world.organisation}" not in text
    assert "\\-" not in text


async def test_a_system_has_no_copy(world: World) -> None:
    with pytest.raises(PersonNeeded):
        await world.do.keeping.read_my_data(
            Actor(issuer="https://issuer.example", client="system", is_system=True)
        )
