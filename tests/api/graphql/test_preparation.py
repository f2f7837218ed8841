"""Prepared documents are kept, bounded, and really found again."""

import pytest
from strawberry.extensions import AddValidationRules, ParserCache, ValidationCache

from app.api.graphql.limits import Limits, limits_rule
from app.api.graphql.preparation import Documents, RequestRefused
from tests.api.graphql.toy import SCHEMA, toy_schema

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


async def test_as_a_rule_of_strawberrys_its_caches_hit() -> None:
    assert limits_rule(Limits()) is limits_rule(Limits())
    caches: list[ValidationCache] = []
    parsers: list[ParserCache] = []

    def validation_cache() -> ValidationCache:
        caches.append(ValidationCache(maxsize=37))
        return caches[-1]

    def parser_cache() -> ParserCache:
        parsers.append(ParserCache(maxsize=37))
        return parsers[-1]

    rules = [limits_rule(Limits())]
    schema = toy_schema(extensions=[lambda: AddValidationRules(rules), parser_cache, validation_cache])
    for _ in range(3):
        assert (await schema.execute("{hello}")).errors is None
    assert caches[-1].cached_validate_document.cache_info().hits == 2
    assert parsers[-1].cached_parse_document.cache_info().hits == 2
