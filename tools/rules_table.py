"""docs/rules.md: where each rule lives and which tests hold it, read from the code itself.

`python -m tools.rules_table` writes it; `missing()` names what the suite refuses to live without: a HARD or DEFAULT
rule that has neither a test nor a sentence that says why people, not software, uphold it, and a hazard without a test.
"""

import ast
import importlib
import pkgutil
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import app.domain
from app.content.texts import Texts
from app.domain.guidance.cards import CARDS
from app.domain.guidance.catalogue import CATALOGUE
from app.domain.guidance.rule import Binding
from app.domain.shared.errors import all_refusals

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "docs" / "rules.md"
_RULE_NAME = re.compile(r"test_([a-z])(\d\d)_")
_HAZARD_NAME = re.compile(r"test_([a-z])_h(\d+)_")
_ID = re.compile(r"\b[GAIVXMCNPLRO]-\d\d\b")
Found = dict[str, list[str]]


def marks(kind: str) -> Found:
    """Which tests carry an id: by `@pytest.mark.<kind>(ids…)`, or in the beginning of their name."""
    found: Found = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        name = path.relative_to(ROOT / "tests").with_suffix("").as_posix()
        for node in tree.body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
                _note(found, kind, [node.value], name)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                _note(found, kind, node.decorator_list, f"{name}::{node.name}")
                for each in _named(node.name, kind):
                    if f"{name}::{node.name}" not in found[each]:
                        found[each].append(f"{name}::{node.name}")
            if isinstance(node, ast.ClassDef):
                for inner in node.body:
                    if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                        _note(found, kind, inner.decorator_list, f"{name}::{inner.name}")
    return found


def _named(name: str, kind: str) -> list[str]:
    """The id that a test's name begins with: `test_a01_…` is rule A-01, `test_b06_…` and `test_g_h2_…` are hazards."""
    rule, hazard = _RULE_NAME.match(name), _HAZARD_NAME.match(name)
    if kind == "hazard":
        if hazard is not None:
            return [f"{hazard[1].upper()}-h{hazard[2]}"]
        return [f"B-{rule[2]}"] if rule is not None and rule[1] == "b" else []
    return [f"{rule[1].upper()}-{rule[2]}"] if rule is not None and rule[1] != "b" else []


def _note(found: Found, kind: str, decorators: list[ast.expr], test: str) -> None:
    for decorator in decorators:
        for call in ast.walk(decorator):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == f"pytest.mark.{kind}":
                for argument in call.args:
                    if isinstance(argument, ast.Constant) and test not in found[str(argument.value)]:
                        found[str(argument.value)].append(test)


def refused() -> Found:
    """The refusals that name a rule, by rule."""
    for module in pkgutil.walk_packages(app.domain.__path__, "app.domain."):
        importlib.import_module(module.name)
    found: Found = defaultdict(list)
    for refusal in all_refusals():
        if not refusal.__module__.startswith("app."):
            continue  # a test's own
        for rule in refusal.rules:
            found[rule].append(refusal.code)
    return {rule: sorted(codes) for rule, codes in found.items()}


def configured() -> Found:
    """The settings of an organisation's policy whose description names a rule."""
    tree = ast.parse((ROOT / "app/domain/organisations/policy.py").read_text("utf-8"))
    settings = next(n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == "PolicySettings")
    found: Found = defaultdict(list)
    for field, text in zip(settings.body, settings.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr):
            for rule in _ID.findall(ast.unparse(text)):
                found[rule].append(ast.unparse(field.target))
    return found


def held_in() -> Found:
    """The modules of domain, services and database that name a rule."""
    found: Found = defaultdict(list)
    for folder in ("app/domain", "app/services", "migrations/versions", "app/adapters"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "domain/guidance/ca" in path.as_posix():
                continue
            for rule in sorted(set(_ID.findall(path.read_text("utf-8")))):
                found[rule].append(path.relative_to(ROOT).as_posix())
    return found


def shown() -> Found:
    """The cards and agendas that carry a rule."""
    found: Found = defaultdict(list)
    for card in CARDS:
        for rule in card.rules:
            found[rule].append(f"card `{card.key}`")
    for topic in ("agendas", "declaration", "criteria", "milestones"):
        path = ROOT / "app/content/en" / f"{topic}.toml"
        if path.exists():
            for rule in sorted(set(_ID.findall(path.read_text("utf-8")))):
                found[rule].append(f"`{topic}`")
    return found


def by_people() -> dict[str, str]:
    """Rules that people uphold, and why software does not."""
    return dict(tomllib.loads((ROOT / "docs/upheld_by_people.toml").read_text("utf-8")))


def hazards() -> tuple[dict[str, str], dict[str, str]]:
    """The hazards that are ours by now, and those of issues to come."""
    told = tomllib.loads((ROOT / "docs/hazards.toml").read_text("utf-8"))
    return told["hazards"], told["later"]


def missing() -> list[str]:
    """What has neither a test nor a good reason."""
    tested, people, dangers = marks("rule"), by_people(), marks("hazard")
    rules = [
        f"{rule.id} ({rule.binding})"
        for rule in CATALOGUE.values()
        if rule.binding is not Binding.ADVICE and rule.id not in tested and rule.id not in people
    ]
    strangers = [f"{rule} is no rule" for rule in (*tested, *people) if rule not in CATALOGUE]
    known, later = hazards()
    unmet = [f"{hazard} (hazard)" for hazard in known if hazard not in dangers]
    unknown = [f"{hazard} is no hazard" for hazard in dangers if hazard not in known | later]
    return [*rules, *strangers, *unmet, *unknown]


def table() -> str:
    """The whole document."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    tested, people, dangers = marks("rule"), by_people(), marks("hazard")
    sentences = Texts.load().topic("rules", "en")
    places = {"refused": refused(), "configured": configured(), "shown": shown(), "held": held_in()}
    rules = list(CATALOGUE.values())
    yield "# The rules, where each lives, and what holds it"
    yield ""
    yield "Made by `python -m tools.rules_table` from the code, the content and the marks of the tests; don't edit it."
    yield "The sentences are ours; their sources are at `GET /v1/rules`."
    yield ""
    yield "| | rules | with tests | by people | with a card or agenda |"
    yield "|---|---|---|---|---|"
    for kind in Binding:
        ours = [rule.id for rule in rules if rule.binding is kind]
        yield (
            f"| {kind} | {len(ours)} | {sum(r in tested for r in ours)} | {sum(r in people for r in ours)}"
            f" | {sum(r in places['shown'] for r in ours)} |"
        )
    yield ""
    yield "| rule | class | in short | enforced by | configured by | shown at | tests |"
    yield "|---|---|---|---|---|---|---|"
    for rule in rules:
        codes = [f"`{code}`" for code in places["refused"].get(rule.id, [])]
        files = [f"`{path}`" for path in _few(places["held"].get(rule.id, []))]
        settings = [f"`{name}`" for name in places["configured"].get(rule.id, [])]
        cards = [*_few(places["shown"].get(rule.id, [])), "`/v1/rules`"]
        tests = [f"`{test}`" for test in _few(tested.get(rule.id, []))]
        if rule.id in people:
            tests.append(f"*people:* {people[rule.id]}")
        cells = (", ".join(cell) for cell in ([*codes, *files], settings, cards, tests))
        yield f"| {rule.id} | {rule.binding} | {sentences[rule.id]} | {' | '.join(cells)} |"
    known, later = hazards()
    yield ""
    yield "# Hazards"
    yield ""
    yield f"{len(known)} are met by tests; {len(later)} belong to an issue that is open."
    yield ""
    yield "| hazard | what happens | tests |"
    yield "|---|---|---|"
    for hazard, text in known.items():
        yield f"| {hazard} | {text} | {', '.join(f'`{test}`' for test in _few(dangers.get(hazard, [])))} |"
    for hazard, text in later.items():
        yield f"| {hazard} | {text} | |"


def _few(found: list[str], most: int = 3) -> list[str]:
    """The first few, and how many there are besides."""
    return found if len(found) <= most else [*found[:most], f"and {len(found) - most} more"]


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
    print(f"{TABLE.relative_to(ROOT)} is written.")
    for line in missing():
        print(f"  missing: {line}")
