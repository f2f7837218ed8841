"""Which version somebody has read."""

import httpx
import pytest

from app.api.shared.etags import etag_of, is_unchanged, precondition, require_match
from app.domain.shared.errors import PreconditionRequired, Stale

ID = "6f1c1c52-8d0f-4f0e-9a34-0d4ed2ae2f9c"
TAG = etag_of(b"a")


def test_the_tag_is_strong_and_follows_content_and_language() -> None:
    assert TAG.startswith('"')
    assert etag_of(b"a") == TAG
    assert len({TAG, etag_of(b"b"), etag_of(b"a", "nb"), etag_of(b"a", "nn")}) == 4


@pytest.mark.parametrize("header", [TAG, f" {TAG} ", "*", f'"x", {TAG}', f'W/"y" ,{TAG},', f", {TAG}"])
def test_the_present_version_may_be_changed(header: str) -> None:
    require_match(header, TAG)


@pytest.mark.parametrize(
    "header",
    ['"x"', f"W/{TAG}", TAG.strip('"'), f"{TAG}x", f'{TAG} "x"', "nonsense", f"*, {TAG}", f"{TAG}," * 100],
)
def test_another_version_is_stale(header: str) -> None:
    with pytest.raises(Stale):
        require_match(header, TAG)


@pytest.mark.parametrize("header", [None, "", "  "])
def test_without_a_version_nothing_is_changed(header: str | None) -> None:
    with pytest.raises(PreconditionRequired):
        require_match(header, TAG)
    with pytest.raises(PreconditionRequired):
        precondition(header, etag_of)


def test_a_use_case_can_ask_under_lock() -> None:
    check = precondition(TAG, etag_of)
    check(b"a")
    with pytest.raises(Stale):
        check(b"b")


@pytest.mark.parametrize(
    ("header", "is_same"),
    [
        (None, False),
        (TAG, True),
        (f"W/{TAG}", True),
        ("*", True),
        ('"x"', False),
        (f'"x", {TAG}', True),
        ("", False),
    ],
)
def test_a_copy_is_compared_weakly(header: str | None, is_same: bool) -> None:
    assert is_unchanged(header, TAG) is is_same


async def test_a_good_copy_is_not_sent_again(client: httpx.AsyncClient) -> None:
    first = await client.get(f"/v1/things/{ID}")
    again = await client.get(f"/v1/things/{ID}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cache-control"] == "no-store"
    assert (await client.get(f"/v1/things/{ID}", headers={"If-None-Match": '"x"'})).json() == {"a": 1}
