"""The texts that people read, by language and code, loaded once from `app/content/<language>/*.toml`.

A file is a topic (its name without `.toml`). Any top-level table in any file that is named like a refusal
(`["admission.ballot_closed"]`) and has `title`, `detail` and `next` is the text of that refusal.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from babel import negotiate_locale

Language = Literal["nb", "nn", "da", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT_LANGUAGE: Language = "nb"

_CODE = re.compile(r"[a-z_]+\.[a-z0-9_]+")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_LONGEST_HEADER = 256
_UNKNOWN_FACT = "…"
_NO_TEXT = "shared.no_text"


@dataclass(frozen=True, slots=True)
class RefusalText:
    """What a person reads when something may not happen: what happened, why, and what they can do."""

    title: str
    detail: str
    next: str

    def with_facts(self, facts: Mapping[str, str | int]) -> "RefusalText":
        """The same text with its `{placeholders}` filled in."""
        return RefusalText(self.title, fill(self.detail, facts), fill(self.next, facts))


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts in all languages. Immutable; `Texts.load()` gives the one that the files hold."""

    topics: Mapping[Language, Mapping[str, Mapping[str, Any]]]
    refusals: Mapping[Language, Mapping[str, RefusalText]]

    @staticmethod
    @cache
    def load() -> "Texts":
        """The texts of this installation, read once. `ValueError` where two files hold the same refusal."""
        return Texts.read(Path(__file__).parent)

    @classmethod
    def read(cls, folder: Path) -> "Texts":
        """The texts of a folder that has one folder for each language."""
        topics: dict[Language, Mapping[str, Mapping[str, Any]]] = {}
        refusals: dict[Language, Mapping[str, RefusalText]] = {}
        for language in LANGUAGES:
            files = sorted((folder / language).glob("*.toml"))
            topics[language] = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in files}
            refusals[language] = _collect(topics[language])
        return cls(topics, refusals)

    def refusal(self, code: str, language: Language, facts: Mapping[str, str | int]) -> RefusalText:
        """The text of a refusal; a general one where this code has none (the content test forbids that)."""
        known = self.refusals[language]
        text = known.get(code) or self.refusals[DEFAULT_LANGUAGE].get(code) or known[_NO_TEXT]
        return text.with_facts(facts)

    def text(self, topic: str, key: str, language: Language, **facts: str | int) -> str:
        """One text of a topic: `text("declaration", "confidentiality.body", "nn")`.

        The key is a top-level name, or a path of names with dots. Falls back to the default language; `KeyError`
        where that has none either.
        """
        found = _find(self.topic(topic, language), key)
        if found is None:
            found = _find(self.topic(topic, DEFAULT_LANGUAGE), key)
        if not isinstance(found, str):
            raise KeyError(f"{topic}: {key}")
        return fill(found, facts)

    def topic(self, topic: str, language: Language) -> Mapping[str, Any]:
        """A whole file, as parsed; empty where the language lacks it."""
        return self.topics[language].get(topic, {})


def fill(template: str, facts: Mapping[str, str | int]) -> str:
    """The template with its `{names}` replaced by facts; an ellipsis where a fact is missing. Never raises."""
    return _PLACEHOLDER.sub(lambda match: str(facts.get(match[1], _UNKNOWN_FACT)), template)


def placeholders(template: str) -> frozenset[str]:
    """The names of the facts that a template asks for."""
    return frozenset(_PLACEHOLDER.findall(template))


@lru_cache(maxsize=512)
def negotiate(accept_language: str | None) -> Language:
    """The best of our languages for an `Accept-Language` header; the default for none, nonsense or no match."""
    if not accept_language or len(accept_language) > _LONGEST_HEADER:
        return DEFAULT_LANGUAGE
    wanted = [name for _, name in sorted(_weighed(accept_language), key=lambda pair: -pair[0])]
    chosen = negotiate_locale(wanted, LANGUAGES, sep="-", aliases={})
    primary = chosen.lower() if chosen else DEFAULT_LANGUAGE
    return next((language for language in LANGUAGES if language == primary), DEFAULT_LANGUAGE)


def _weighed(accept_language: str) -> Iterator[tuple[float, str]]:
    for item in accept_language.split(","):
        name, _, parameter = item.strip().partition(";")
        name = name.strip().replace("_", "-")
        weight = _weight(parameter)
        if not name or weight <= 0:
            continue
        if name == "*":
            name = DEFAULT_LANGUAGE
        elif name.lower() == "no" or name.lower().startswith("no-"):
            name = "nb"
        yield weight, name


def _weight(parameter: str) -> float:
    if not parameter.strip():
        return 1.0
    match = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", parameter)
    return float(match[1]) if match else 0.0


def _collect(topics: Mapping[str, Mapping[str, Any]]) -> Mapping[str, RefusalText]:
    found: dict[str, RefusalText] = {}
    for topic, content in topics.items():
        for code, table in content.items():
            if not (
                _CODE.fullmatch(code)
                and isinstance(table, dict)
                and {"title", "detail", "next"} <= set(table)
            ):
                continue
            if code in found:
                raise ValueError(f"{code} has a text in two files; one of them is {topic}.toml")
            found[code] = RefusalText(table["title"], table["detail"], table["next"])
    return found


def _find(content: Mapping[str, Any], key: str) -> Any:
    if key in content:
        return content[key]
    found: Any = content
    for name in key.split("."):
        if not isinstance(found, dict) or name not in found:
            return None
        found = found[name]
    return found
