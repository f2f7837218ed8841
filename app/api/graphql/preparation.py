"""From the text of a document to something that can be executed: parsed, limited, validated, and kept.

Preparing is most of the work of a small query, and clients send the same documents over and over. What is kept is
bounded by tokens and not by entries, for a parsed document takes about 550 bytes a token.
"""

from collections import OrderedDict
from dataclasses import dataclass

from graphql import DocumentNode, GraphQLError, GraphQLSchema, parse, specified_rules, validate
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from app.api.graphql.limits import LimitExceeded, Limits, Measured, check_length, measure
from app.api.graphql.masking import Formatted, plain_error, syntax_error, validation_error
from app.api.graphql.plans import Plans

RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)
MAX_ERRORS = 10
_INTROSPECTION_OFF = "The schema can't be asked for here; it is published as openapi/schema.graphql."


class RequestRefused(Exception):
    """The request as a whole is refused: nothing was executed, and the response has no `data`."""

    def __init__(self, status: int, *errors: Formatted) -> None:
        super().__init__(status)
        self.status = status
        self.errors = errors


def exceeded(error: LimitExceeded) -> RequestRefused:
    """A limit is one more rule of validation: 422."""
    return RequestRefused(422, {"message": str(error), "extensions": error.extensions})


@dataclass(frozen=True, slots=True)
class Prepared:
    """A valid document within its limits. Costs that hang on variables are still to be checked."""

    document: DocumentNode
    measured: Measured
    plans: Plans


class Documents:
    """Prepares documents, and keeps the valid ones that were used last."""

    def __init__(self, schema: GraphQLSchema, limits: Limits, kept_tokens: int = 32_000) -> None:
        self._schema = schema
        self._limits = limits
        self._kept_tokens = kept_tokens
        self._kept: OrderedDict[tuple[str, bool], Prepared] = OrderedDict()
        self._tokens = 0
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        return len(self._kept)

    def prepare(self, text: str, may_introspect: bool) -> Prepared:
        """The document behind this text; `RequestRefused` if it can't be executed."""
        key = (text, may_introspect)
        if (known := self._kept.get(key)) is not None:
            self.hits += 1
            self._kept.move_to_end(key)
            return known
        self.misses += 1
        prepared = self._prepare(text, may_introspect)
        self._kept[key] = prepared
        self._tokens += prepared.document.token_count
        while self._tokens > self._kept_tokens and len(self._kept) > 1:
            _, forgotten = self._kept.popitem(last=False)
            self._tokens -= forgotten.document.token_count
        return prepared

    def _prepare(self, text: str, may_introspect: bool) -> Prepared:
        try:
            check_length(text, self._limits)
            document = self._parse(text)
            measured = measure(document, self._schema, self._limits)
            measured.check(self._limits)
        except LimitExceeded as error:
            raise exceeded(error) from None
        if measured.introspects and not may_introspect:
            raise RequestRefused(403, plain_error(_INTROSPECTION_OFF, "graphql.introspection_off"))
        errors = validate(self._schema, document, RULES, max_errors=MAX_ERRORS, hide_suggestions=True)
        if errors:
            raise RequestRefused(422, *map(validation_error, errors))
        return Prepared(document, measured, Plans(document))

    def _parse(self, text: str) -> DocumentNode:
        limit = self._limits.tokens
        try:
            return parse(text, max_tokens=limit)
        except GraphQLError as error:
            if "tokens. Parsing aborted" in error.message:
                raise LimitExceeded("graphql.too_many_tokens", "Tokens", limit, None) from None
            if "nested too deeply" in error.message:
                raise LimitExceeded(
                    "graphql.too_deep", "Levels of fields", self._limits.depth, None
                ) from None
            raise RequestRefused(400, syntax_error(error)) from None
