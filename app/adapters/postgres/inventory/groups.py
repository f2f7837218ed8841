"""Groups: the set of people, how each came in, and what they have signed."""

from app.adapters.postgres.inventory.held import Erased, about, by, held
from app.adapters.postgres.inventory.kinds import group, identity, membership, public, technical
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

_MEMBERS = (SeenBy.ONESELF, SeenBy.GROUP)
_ROSTER = (*_MEMBERS, SeenBy.STARTER)

held(
    "self_help_group",
    what="a group: what it is about, where, and what it has said about itself",
    why="so that a group can be found, and can meet",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.WHILE_HERE,
    seen=(SeenBy.GROUP, SeenBy.COORDINATOR),
    columns=(
        public("organisation_id", "theme", "form", "area", "language", "origin", seen=(SeenBy.EVERYONE,)),
        public("age_from", "age_to", "genders", "in_common", seen=(SeenBy.EVERYONE,)),
        group("id", "seats", "generation", "generation_formed_at", "closed_for_new_at", "end_dropped_at"),
        group("application_code", "created_at", "starter_helps", "offered_at"),
        group("shields_place", seen=(SeenBy.NOBODY,)),
        technical("version"),
    ),
)
held(
    "generation",
    what="a group as one set of people (A-03)",
    why="so that it stays true when a group became another one",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.WHILE_HERE,
    seen=(SeenBy.GROUP,),
    columns=(group("organisation_id", "group_id", "number", "formed_at", "ballot_id"),),
)
held(
    "placement",
    what="an invitation into a forming group, and its answer",
    why="so that people come into a forming group by their own yes",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.MEMBERSHIP,
    seen=(SeenBy.ONESELF, SeenBy.COORDINATOR),
    of=(about("person_id"),),
    erased=Erased.UNLINKED,
    columns=(
        technical("organisation_id"),
        membership("id", "group_id", "person_id", "invited_at", "accepted_at", "declined_at", "withdrawn_at"),
    ),
)
held(
    "membership",
    what="a person's place in a group, and the fact that let them in (A-01)",
    why="so that a group knows who it is",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.MEMBERSHIP,
    seen=_ROSTER,
    of=(about("person_id"),),
    erased=Erased.UNLINKED,
    emptied=("alias",),
    columns=(
        technical("organisation_id", "ballot_verdict", "excluded_verdict"),
        membership("id", "group_id", "person_id", "placement_id", "ballot_id", "generation"),
        membership("joined_at", "left_at", "excluded_by"),
        identity("alias"),
    ),
)
held(
    "seat",
    what="a seat that somebody has, or that is kept for whoever a ballot is about (G-07)",
    why="so that no group gets larger than it may",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.MEMBERSHIP,
    seen=_ROSTER,
    of=(about("membership_id", via="membership"),),
    erased=Erased.GONE,
    columns=(
        technical("organisation_id", "number"),
        membership("group_id", "membership_id", "ballot_id"),
    ),
)
held(
    "declaration",
    what="a member's promise of confidentiality in one generation",
    why="to show that everybody in the group has promised it (C-08)",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.DECLARATION,
    seen=_MEMBERS,
    of=(about("membership_id", via="membership"), by("witnessed_by", via="membership")),
    erased=Erased.GONE,
    columns=(
        technical("organisation_id"),
        membership("id", "group_id", "generation", "membership_id", "how", "text_version", "language"),
        membership("text_sha256", "signed_at"),
        membership("witnessed_by", withheld="another member's number"),
        identity("typed_name", "typed_name_sealed"),
    ),
)
