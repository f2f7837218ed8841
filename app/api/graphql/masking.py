"""What a client is told about an error, and what is not said: only refusals of the domain show their face.

Values never come out: not in an answer (a wrong number that somebody typed is not sent back) and not in the log
(the text of an exception often quotes the value that it stumbled over, so only its type and place are logged).
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from traceback import extract_tb

from graphql import (
    ArgumentNode,
    DefinitionNode,
    DirectiveNode,
    FieldNode,
    GraphQLError,
    NamedTypeNode,
    NameNode,
    OperationDefinitionNode,
    SelectionNode,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    print_ast,
)

from app.domain.shared.errors import DomainError

logger = logging.getLogger("app.api.graphql")

Formatted = dict[str, object]
"""One member of `errors` in a response."""

_FRAMES = 12
_VALUE_IN_SYNTAX_ERROR = re.compile(r"\b(String|BlockString|Int|Float)\b [\"'].*$", re.DOTALL)
_WHERE_IN_VARIABLE = re.compile(r"has invalid value at ((?:\.\w{1,64}|\[\d{1,6}\])+):")
# The part of graphql-core's sentence that speaks of types and fields, and quotes no value. It is looked for in the
# place where graphql-core puts it and nowhere else: a value may contain any sentence.
_REASON = re.compile(
    r"(?:(?:Variable|Argument) '[^']*' has invalid (?:default )?value(?: at [\w.\[\]]+)?: )?"
    r"(Expected (?:a )?value of (?:non-null )?type '[\w!\[\]]+'"
    r"(?: to be provided| not to be None| to be an object| to include required field '\w+'"
    r"| not to include unknown field '\w+')?"
    r"|\w+ cannot represent (?:a )?non[-\w ]* value(?=:))"
)
_UNKNOWN_FIELD = re.compile(r"unknown field '\w+'$")
# Errors about these speak of names in the document and the schema; errors about anything else may quote a value.
_NAMED = (
    ArgumentNode,
    DefinitionNode,
    DirectiveNode,
    NamedTypeNode,
    NameNode,
    SelectionNode,
    VariableDefinitionNode,
    VariableNode,
)
_NOT_FITTING = "A value does not fit the type that is expected here"


@dataclass(frozen=True, slots=True)
class ErrorMask:
    """Turns what went wrong while an operation was carried out into what the client may know.

    `describe(error, context)` gives the members of `extensions` for a refusal, and under `message` its text for
    people. `request_id(context)` is what the client can quote and the log can be searched for.
    """

    describe: Callable[[DomainError, object], Mapping[str, object]]
    request_id: Callable[[object], str]
    surprise_message: str = "Something went wrong on our side."

    def formatted(self, error: GraphQLError, context: object) -> Formatted:
        """One error of a field. What was not foreseen is logged, and shown as `shared.surprise`."""
        cause = _cause(error)
        if isinstance(cause, DomainError):
            described = dict(self.describe(cause, context))
            message = str(described.pop("message", cause.code))
            return _member(error, message, {"code": cause.code, "rules": list(cause.rules), **described})
        if _is_an_argument(cause):
            return _member(error, _reason(error.message), {"code": "graphql.bad_argument"})
        request_id = self.request_id(context)
        logger.error(
            "surprise in GraphQL field %s (request %s): %s",
            _field(error),
            request_id,
            "; caused by ".join(_outline(cause)),
        )
        return _member(error, self.surprise_message, {"code": "shared.surprise", "request_id": request_id})


def syntax_error(error: GraphQLError) -> Formatted:
    """The document can't be parsed, and where."""
    return _member(error, _VALUE_IN_SYNTAX_ERROR.sub(r"\1.", error.message), {"code": "graphql.syntax"})


def validation_error(error: GraphQLError) -> Formatted:
    """The document does not fit the schema, and where; literal values are not repeated."""
    speaks_of_names = all(isinstance(node, _NAMED) for node in error.nodes or ())
    message = error.message if speaks_of_names else _reason(error.message)
    return _member(error, message, {"code": "graphql.validation"})


def variable_error(error: GraphQLError) -> Formatted:
    """A variable that does not fit; says which, where in it and what was expected, and not what was sent."""
    extensions: dict[str, object] = {"code": "graphql.variables"}
    sentence = _reason(error.message)
    node = error.nodes[0] if error.nodes else None
    if isinstance(node, OperationDefinitionNode):
        # The schema has no operations of that type at all.
        return _member(error, error.message, {"code": "graphql.validation"})
    if isinstance(node, VariableDefinitionNode):
        name = node.variable.name.value
        where = _WHERE_IN_VARIABLE.search(error.message)
        extensions["pointer"] = f"/variables/{name}" + (_pointer(where[1]) if where else "")
        sentence = f"Variable '${name}' of type '{print_ast(node.type)}': {sentence}"
    return _member(error, sentence, extensions)


def plain_error(message: str, code: str, **extensions: object) -> Formatted:
    """An error of the request as a whole."""
    return {"message": message, "extensions": {"code": code, **extensions}}


def _member(error: GraphQLError, message: str, extensions: dict[str, object]) -> Formatted:
    member: Formatted = {"message": message, "extensions": extensions}
    if error.locations:
        member["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path is not None:
        member["path"] = error.path
    return member


def _reason(message: str) -> str:
    reason = _REASON.match(message)
    # The name of an unknown field was written by the caller, and may be anything.
    return f"{_UNKNOWN_FIELD.sub('unknown fields', reason[1]) if reason else _NOT_FITTING}."


def _pointer(path: str) -> str:
    return "".join(f"/{part}" for part in re.findall(r"\w+", path))


def _cause(error: GraphQLError) -> Exception:
    """What was raised, under the wrappings that graphql-core puts around it."""
    cause: Exception = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause


def _is_an_argument(cause: Exception) -> bool:
    """Whether it was a value of the caller's that did not fit: graphql-core names the argument, not the field."""
    if not isinstance(cause, GraphQLError) or not cause.nodes:
        return False
    return isinstance(cause.nodes[0], ValueNode)


def _field(error: GraphQLError) -> str:
    """The name of the field in the schema: an alias in the path could be anything that the caller likes."""
    node = error.nodes[0] if error.nodes else None
    return node.name.value if isinstance(node, FieldNode) else "?"


def _outline(cause: BaseException | None) -> Iterator[str]:
    """Types and places of an exception and of what caused it."""
    seen: set[int] = set()
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        frames = extract_tb(cause.__traceback__)[-_FRAMES:]
        places = " > ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)
        yield f"{type(cause).__module__}.{type(cause).__qualname__} at {places or 'nowhere'}"
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _short(filename: str) -> str:
    return "/".join(filename.replace("\\", "/").split("/")[-3:])
