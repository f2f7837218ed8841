"""One reading for every document, or none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.shared.strict_json import MAX_DEPTH, MalformedJson, loads

REFUSED = {
    "empty": b"",
    "NaN": b"NaN",
    "Infinity": b'{"a": Infinity}',
    "-Infinity": b"[-Infinity]",
    "huge float": b"[1e999]",
    "minus huge float": b"[-1E+999]",
    "long float": b"1." + b"0" * 200_000,
    "beyond 64 bits": b"9223372036854775808",
    "below 64 bits": b"-9223372036854775809",
    "5000 digits": b"1" * 5000,
    "same name twice": b'{"a":1,"a":2}',
    "same name twice, spelt otherwise": b'{"a":1,"\\u0061":2}',
    "same name twice, deep": b'{"x":[{"a":1,"b":2,"a":1}]}',
    "lone high surrogate": b'"\\ud800"',
    "lone low surrogate in a name": b'{"\\udc00":1}',
    "surrogates the wrong way round": b'["\\udc00\\ud800"]',
    "encoded surrogate": b'"\xed\xa0\x80"',
    "NUL escaped": b'{"a":"x\\u0000y"}',
    "NUL in a name": b'{"x\\u0000":1}',
    "NUL raw": b'"\x00"',
    "control character": b'"\x01"',
    "BOM": b"\xef\xbb\xbf{}",
    "latin-1": '"blåbær"'.encode("latin-1"),
    "UTF-16": '"a"'.encode("utf-16"),
    "too deep": b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
    "too deep, mixed": b'{"a":[' * 17 + b"]}" * 17,
    "much too deep": b"[" * 200_000,
    "much too deep, closed": b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
    "trailing comma": b"[1,]",
    "two documents": b"{}{}",
    "single quotes": b"{'a':1}",
    "comment": b"{}//",
    "leading zero": b"01",
    "plus": b"+1",
    "hexadecimal": b"0x1",
    "Eastern digits": '"a":١'.encode(),
    "form feed": b"\x0c{}",
    "unclosed": b'{"a":',
}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_what_can_be_read_in_two_ways_is_refused(body: bytes) -> None:
    with pytest.raises(MalformedJson) as refusal:
        loads(body)
    assert len(str(refusal.value)) < 60
    assert refusal.value.__cause__ is None


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b" {} ", {}),
        (b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, None),
        (b'"' + b"[{" * 500 + b'"', "[{" * 500),
        (b'["' + b"\\\\[" * 100 + b'"]', ["\\[" * 100]),
        (b"9223372036854775807", 2**63 - 1),
        (b"-9223372036854775808", -(2**63)),
        (b"1e308", 1e308),
        (b'"\\ud83d\\ude00"', "😀"),
        (b'"\\\\u0000"', "\\u0000"),
        ('"blåbær 😀"'.encode(), "blåbær 😀"),
        (b'{"a":{"a":[{"a":1},{"a":1}]}}', {"a": {"a": [{"a": 1}, {"a": 1}]}}),
        (json.dumps([[1]] * 100).encode(), [[1]] * 100),
    ],
)
def test_what_is_well_formed_is_read(body: bytes, value: object) -> None:
    assert value is None or loads(body) == value
    loads(body)


_plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00")),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(codec="ascii", min_codepoint=1)), inner)
    ),
    max_leaves=10,
)


@given(_plain, st.booleans())
def test_every_plain_value_comes_back_as_it_was(value: object, ensure_ascii: bool) -> None:
    assert loads(json.dumps(value, ensure_ascii=ensure_ascii).encode()) == value


@given(st.binary(max_size=200))
def test_no_bytes_do_anything_else_than_be_read_or_refused(body: bytes) -> None:
    try:
        loads(body)
    except MalformedJson:
        pass
