"""Read all that is held about oneself."""

from dataclasses import dataclass
from itertools import groupby

from app.domain.organisations.organisation import Organisation
from app.domain.shared.actor import Actor
from app.domain.shared.ids import OrganisationId
from app.services.keeping.gathering import Gather
from app.services.keeping.ports import KeepingUnitOfWork
from app.services.keeping.telling import COUNTRIES, Telling, plain
from app.services.keeping.views import HeldEntryView, HeldSectionView, ReadableDataView
from app.services.ports.texts import Words

USUAL_ZONE = "Europe/Oslo"
"""Where no organisation says by which clock somebody lives."""


@dataclass(frozen=True, slots=True)
class ReadMyDataInWords:
    """Read everything that is held about you, as a text in your language. The same as your copy, for people."""

    gather: Gather
    words: Words

    async def __call__(self, actor: Actor) -> ReadableDataView:
        data, language = await self.gather(actor), actor.mark.language
        found = {each.organisation_id for each in data.sections if each.organisation_id is not None}
        known = {each: await self._organisation(actor, each) for each in sorted(found)}
        zones = {each.id: each.time_zone for each in known.values()}
        own_zone = next(iter(zones.values()), USUAL_ZONE)
        telling = Telling(
            words=self.words,
            language=language,
            organisations={str(each.id): each.name for each in known.values()},
            help={
                each.key: each.name
                for country in COUNTRIES
                for each in self.words.other_help(country, language)
            },
        )
        lines = [f"# {self._say('title', language)}", self._say("intro", language)]
        for organisation, sections in groupby(data.sections, lambda each: each.organisation_id):
            if organisation is not None:
                lines.append(f"# {self._say('organisation', language)} {plain(known[organisation].name)}")
            zone = own_zone if organisation is None else zones[organisation]
            lines += self._sections(list(sections), telling, zone)
        return ReadableDataView(language=language, text="\n\n".join(lines) + "\n")

    async def _organisation(self, actor: Actor, organisation: OrganisationId) -> Organisation:
        async def work(tx: KeepingUnitOfWork) -> Organisation:
            return await tx.organisations.get(organisation)

        return await self.gather.transact.read(actor, organisation, work)

    def _sections(self, sections: list[HeldSectionView], telling: Telling, zone: str) -> list[str]:
        lines, language = [], telling.language
        for section in sections:
            if not section.entries and not section.entries_about_others:
                continue
            lines.append(f"## {self._name('tables', section.name, language)}")
            seen = ", ".join(self._say(f"seen_by.{each.value}", language) for each in section.seen_by)
            lines.append(f"{self._say('seen', language)} {seen}.")
            lines += [self._entry(entry, telling, zone) for entry in section.entries]
            if section.entries_about_others:
                lines.append(self._say("others", language, count=section.entries_about_others))
        return lines

    def _entry(self, entry: HeldEntryView, telling: Telling, zone: str) -> str:
        return "\n".join(
            f"- {self._name('columns', name, telling.language)}: "
            + ", ".join(telling.value(name, value, zone) for value in values)
            for name, values in zip(entry.names, entry.values, strict=True)
            if values
        )

    def _say(self, key: str, language: str, **facts: str | int) -> str:
        return self.words.say("keeping", key, language, **facts)

    def _name(self, what: str, name: str, language: str) -> str:
        """A word for people, or the name as it stands in the inventory, where there is none."""
        try:
            return self._say(f"{what}.{name}", language)
        except KeyError:
            return plain(name.replace("_", " "))
