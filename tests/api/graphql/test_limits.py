"""Limits on documents: the last value that is answered, the first that is not, and the cost of finding out."""

import pytest
from graphql import parse

from app.api.graphql.limits import LimitExceeded, Limits, Measured, measure
from app.api.graphql.preparation import Documents, RequestRefused
from tests.api.graphql.toy import SCHEMA

CORE = SCHEMA._schema


def measured(text: str, limits: Limits | None = None) -> Measured:
    return measure(parse(text), CORE, limits or Limits())


def cost(text: str, limits: Limits | None = None, **variables: object) -> int:
    """The smallest limit that lets this operation through."""
    (operation,) = measured(text, limits).operations.values()
    low, high = 0, 2_000_000_000
    while low < high:
        middle = (low + high) // 2
        try:
            operation.check_cost(Limits(cost=middle), variables)
            high = middle
        except LimitExceeded:
            low = middle + 1
    return low


def refusal(text: str, limits: Limits | None = None) -> tuple[int, object] | None:
    """Status and code with which a document is refused; None if it can be executed."""
    try:
        Documents(CORE, limits or Limits()).prepare(text, may_introspect=False)
    except RequestRefused as refused:
        extensions = refused.errors[0]["extensions"]
        assert isinstance(extensions, dict)
        return refused.status, extensions["code"]
    return None


def nested(levels: int) -> str:
    return "{group" + "{parent" * (levels - 2) + "{name}" + "}" * (levels - 2) + "}"


def aliases(count: int) -> str:
    return "{group{" + " ".join(f"a{i}: name" for i in range(count)) + "}}"


def roots(count: int) -> str:
    return "{" + " ".join(["hello"] * count) + "}"


def tokens(count: int) -> str:
    """`{sumOf(numbers:[1 1 …])}` with as many tokens."""
    return "{sumOf(numbers:[" + "1 " * (count - 9) + "])}"


def long(size: int) -> str:
    return "{hello}#".ljust(size, "x")


def costly(amount: int) -> str:
    return f"{{recent(first: {amount}) {{name}}}}"


def definitions(count: int) -> str:
    return "query A{hello}" + "".join(f"query A{i}{{hello}}" for i in range(count - 1))


def repeated(count: int) -> str:
    return "{group{" + "name " * count + "}}"


@pytest.mark.parametrize(
    ("document", "limit", "code"),
    [
        (nested, 10, "graphql.too_deep"),
        (aliases, 15, "graphql.too_many_aliases"),
        (roots, 10, "graphql.too_many_root_fields"),
        (tokens, 1_000, "graphql.too_many_tokens"),
        (long, 10_000, "graphql.document_too_long"),
        (costly, 2_000, "graphql.too_costly"),
        (definitions, 50, "graphql.too_many_definitions"),
        (repeated, 45, "graphql.too_many_repeats"),
    ],
)
def test_the_limit_is_answered_and_one_more_is_not(document, limit, code) -> None:
    assert refusal(document(limit - 1)) is None
    assert refusal(document(limit)) is None
    assert refusal(document(limit + 1)) == (422, code)


def test_length_is_counted_in_bytes() -> None:
    assert refusal("{hello}#" + "æ" * 4_996) is None
    assert refusal("{hello}#" + "æ" * 4_997) == (422, "graphql.document_too_long")


def test_fragments_are_no_way_around_depth_aliases_and_roots() -> None:
    chain = "{group{...F0}}" + "".join(f"fragment F{i} on Group{{parent{{...F{i + 1}}}}}" for i in range(8))
    assert refusal(chain + "fragment F8 on Group{name}") is None
    assert refusal(chain + "fragment F8 on Group{parent{name}}") == (422, "graphql.too_deep")
    twice = "{group{...A parent{...A}}} fragment A on Group{" + " ".join(f"x{i}:name" for i in range(8)) + "}"
    assert refusal(twice) == (422, "graphql.too_many_aliases")
    assert refusal("{...A ...A} fragment A on Query{" + "hello " * 6 + "}") == (
        422,
        "graphql.too_many_root_fields",
    )
    assert refusal("{...{" + "hello " * 11 + "}}") == (422, "graphql.too_many_root_fields")


def test_every_operation_of_a_document_is_limited() -> None:
    assert refusal("query A{hello} query B" + nested(11)) == (422, "graphql.too_deep")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{hello}", 0),
        ("{group{name}}", 1),
        ("{recent(first: 3){name}}", 3),
        ("{recent(last: 3){name}}", 3),
        ("{recent{name}}", 25),
        ("{recent(first: null){name}}", 25),
        ("{recent(first: 0){name}}", 1),
        ("{recent(first: -5){name}}", 1),
        ("{group{members{name}}}", 1 + 25),
        ("{recent(first: 3){parent{name} members{name}}}", 3 * (1 + 1 + 25)),
        ("{groups{edges{node{name}}}}", 25 * 3),
        ("{groups(first: 2){edges{node{name members{name}}}}}", 2 * (3 + 25)),
        ("{recent(first: 2){members{groups(first: 2){edges{node{name}}}}}}", 2 * (1 + 25 * (1 + 2 * 3))),
        ("{...A ...A} fragment A on Query{recent(first: 4){name}}", 8),
        ("{__schema{types{fields{name}}}}", 0),
        ("{recent(first: 99999999999999999999){name}}", 1_000_000_000),
        ("{recent(first: " + "9" * 5_000 + "){name}}", 1_000_000_000),
    ],
)
def test_cost_is_the_number_of_objects(text, expected) -> None:
    assert cost(text) == expected


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, 7),
        ({"n": 4}, 4),
        ({"n": 4.0}, 4),
        ({"n": 1e300}, 1_000_000_000),
        ({"n": float("inf")}, 25),
        ({"n": None}, 25),
        ({"n": "4"}, 25),
        ({"n": -1}, 1),
        ({"n": 10**400}, 1_000_000_000),
    ],
)
def test_cost_follows_the_variable(variables, expected) -> None:
    query = "query($n: Int = 7){...A} fragment A on Query{recent(first: $n){name}}"
    assert cost(query, **variables) == expected


def test_variables_multiply_through_nested_lists() -> None:
    query = "query($n: Int, $m: Int){recent(first: $n){...M}}"
    query += "fragment M on Group{members{groups(first: $m){edges{cursor}}}}"
    assert cost(query, n=3, m=5) == 3 * (1 + 25 * (1 + 5 * 2))
    assert cost(query, n=3) == 3 * (1 + 25 * (1 + 25 * 2))


def test_lists_of_known_length_are_reckoned_with_it() -> None:
    limits = Limits(list_sizes={"Group.members": 12})
    assert cost("{group{members{name}}}", limits) == 1 + 12


@pytest.mark.parametrize("count", [10, 50, 100, 200])
def test_a_bomb_of_fragments_is_walked_through_once(count) -> None:
    links = "".join(f"fragment F{i} on Group{{...F{i + 1} ...F{i + 1}}}" for i in range(count))
    bomb = measured("{group{...F0}}" + links + f"fragment F{count} on Group{{name}}")
    assert bomb.visited == 2 + 2 * count + 1


@pytest.mark.parametrize("count", [10, 50, 100, 200])
def test_a_bomb_of_variables_is_worked_out_once(count) -> None:
    links = "".join(f"fragment F{i} on Query{{...F{i + 1} ...F{i + 1}}}" for i in range(count))
    text = "query($n: Int){...F0}" + links + f"fragment F{count} on Query{{recent(first: $n){{name}}}}"
    assert cost(text, n=1) == min(2**count, 1_000_000_000)


@pytest.mark.parametrize("count", [10, 30, 60, 90, 200])
def test_bombs_are_refused(count) -> None:
    links = "".join(f"fragment F{i} on Group{{...F{i + 1} ...F{i + 1}}}" for i in range(count))
    assert refusal("{group{...F0}}" + links + f"fragment F{count} on Group{{name}}") in {
        (422, "graphql.too_many_repeats"),
        (422, "graphql.too_many_tokens"),
    }
    deep = "".join(f"fragment F{i} on Group{{parent{{...F{i + 1}}}}}" for i in range(count))
    assert refusal("{group{...F0}}" + deep + f"fragment F{count} on Group{{name}}") in {
        (422, "graphql.too_deep"),
        (422, "graphql.too_many_tokens"),
    }


def test_repetitions_count_where_fragments_and_lists_meet() -> None:
    parts = "".join(f"fragment F{i} on Group{{parent{{name}}}}" for i in range(40))
    spread = "{group{" + "".join(f"...F{i} " for i in range(40)) + "}}"
    assert refusal(spread + parts) == (422, "graphql.too_many_repeats")
    assert refusal("{group{" + "parent{name} " * 31 + "}}") is None
    assert refusal("{group{" + "parent{name} " * 33 + "}}") == (422, "graphql.too_many_repeats")


@pytest.mark.parametrize(
    "text",
    [
        "{group{...A}} fragment A on Group{...B} fragment B on Group{...A}",
        "{group{...A}} fragment A on Group{parent{...A}}",
        "{...A} fragment A on Query{...A}",
        "{group{...Nowhere}}",
        "{group{...A}} fragment A on Nothing{name}",
        "{nothing{first(first: 3){x}}}",
        "{group{name @include(if: true) @include(if: true)}}",
    ],
)
def test_what_is_wrong_otherwise_is_left_to_validation(text) -> None:
    assert refusal(text) == (422, "graphql.validation")


@pytest.mark.parametrize(
    "text",
    [
        "{hello " + "@include(if: true) " * 110 + "}",
        "{sumOf(numbers: [" + "1 " * 900 + "])}",
        "{group" + "{...on Group" * 150 + "{name}" + "}" * 151,
        "{sumOf(numbers: " + "[" * 300 + "]" * 300 + ")}",
        "{group" + "{parent" * 300 + "}" * 301,
    ],
)
def test_other_bombs_are_answered_or_refused(text) -> None:
    found = refusal(text)
    assert found is None or found[0] in {400, 422}
