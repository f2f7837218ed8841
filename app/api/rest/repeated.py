"""A query parameter that is named twice is refused: one of its values would count, and nobody would hear which."""

from collections import Counter
from collections.abc import Set
from urllib.parse import parse_qsl

from fastapi.exceptions import RequestValidationError


def refuse_repeated(query: bytes, parameters: Set[str]) -> None:
    """Refuse a query in which one of these parameters stands more than once. Other names are none of an operation's
    parameters: it refuses them or takes no notice, once or twice alike."""
    if b"&" not in query:
        return
    named = Counter(name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True))
    repeated = [name for name, times in named.items() if times > 1 and name in parameters]
    if repeated:
        raise RequestValidationError([{"type": "repeated", "loc": ("query", name)} for name in repeated])
