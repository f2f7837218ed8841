"""Who may ask GraphQL what they like: everybody, those with a scope for it, or nobody.

It is a matter of the client, and of nobody's rights: each field decides by itself what whoever asks may see. What a free
document can do beyond that is to cost, and to be tried out.
"""

from collections.abc import Callable
from enum import StrEnum

from app.domain.shared.actor import Actor
from app.domain.systems.account import plain_scope

SCOPE = "graphql.free"
"""A token says it as `verksted:graphql.free`, or Maskinporten's way: for systems, and for an administrator's GraphiQL."""


class Freely(StrEnum):
    """Whose own documents are carried out, beside the trusted ones."""

    EVERYBODY = "everybody"
    SCOPE = "scope"
    NOBODY = "nobody"


def free_documents(whose: Freely) -> Callable[[Actor], bool]:
    """Whether somebody's own documents are carried out."""

    def may(actor: Actor) -> bool:
        if whose is Freely.SCOPE:
            return any(plain_scope(scope) == SCOPE for scope in actor.scopes)
        return whose is Freely.EVERYBODY

    return may
