"""Prepared documents are kept, bounded, and really found again."""

import pytest

from app.api.graphql.limits import Limits
from app.api.graphql.preparation import Documents, RequestRefused
from tests.api.graphql.toy import SCHEMA

CORE = SCHEMA._schema


def test_documents_are_kept_once_they_are_good() -> None:
    documents = Documents(CORE, Limits())
    first = documents.prepare("{hello}", may_introspect=False)
    assert documents.prepare("{hello}", may_introspect=False) is first
    with pytest.raises(RequestRefused):
        documents.prepare("{nothing}", may_introspect=False)
    assert (documents.hits, documents.misses, len(documents)) == (1, 2, 1)


def test_what_is_kept_is_bounded_and_the_oldest_goes_first() -> None:
    documents = Documents(CORE, Limits(), kept_tokens=7)
    for text in ("{a:hello}", "{hello}", "{a:hello}", "{b:hello}"):
        documents.prepare(text, may_introspect=False)
    assert (len(documents), documents.hits) == (1, 0)
    documents.prepare("{b:hello}", may_introspect=False)
    assert documents.hits == 1


def test_what_is_in_use_is_kept() -> None:
    documents = Documents(CORE, Limits(), kept_tokens=10)
    for text in ("{a:hello}", "{b:hello}", "{a:hello}", "{c:hello}", "{a:hello}"):
        documents.prepare(text, may_introspect=False)
    assert (len(documents), documents.hits) == (2, 2)


def test_leave_to_introspect_is_part_of_the_key() -> None:
    documents = Documents(CORE, Limits())
    documents.prepare("{__schema{queryType{name}}}", may_introspect=True)
    with pytest.raises(RequestRefused, match="403"):
        documents.prepare("{__schema{queryType{name}}}", may_introspect=False)
