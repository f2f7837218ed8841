"""Applications, ballots, envelopes, outcomes."""

from app.adapters.postgres.inventory.held import Erased, about, held
from app.adapters.postgres.inventory.kinds import confided, group, identity, membership, technical, vote
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

_MEMBERS = (SeenBy.GROUP,)

held(
    "application",
    what="a person's wish to enter a group that already meets, in their own words",
    why="so that the group can decide on it",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.APPLICATION,
    seen=(SeenBy.ONESELF, SeenBy.GROUP),
    of=(about("applicant_id"),),
    erased=Erased.UNLINKED,
    emptied=("alias", "introduction", "introduction_sealed", "known_as", "known_as_sealed"),
    columns=(
        technical("organisation_id"),
        identity("alias", "known_as", "known_as_sealed"),
        confided("introduction", "introduction_sealed"),
        membership("id", "group_id", "applicant_id", "applied_at", "waits_until", kept=Kept.MEMBERSHIP),
        membership("withdrawn_at", "declined_at", "entered_at", kept=Kept.MEMBERSHIP),
        membership(
            "closed_at",
            kept=Kept.MEMBERSHIP,
            withheld="an application ends in neutral words, whatever ended it",
        ),
    ),
)
held(
    "ballot",
    what="a question to a group, with its rule and times as they were at the opening",
    why="so that a group decides together, and what it decided stays true",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.MEMBERSHIP,
    seen=_MEMBERS,
    of=(about("applicant_id"), about("member_id", via="membership")),
    erased=Erased.UNLINKED,
    columns=(
        technical("organisation_id", "public_key"),
        group("id", "group_id", "generation", "question", "ends_at", "ground_rules_id", "assignment_id"),
        group("latest_date", "latest_until", "max_meetings", "rule", "quorum_percent", "secret"),
        group("opened_at", "closes_at", "withdrawn_at", "voided_at", "counted_at"),
        membership("application_id", "applicant_id", withheld="it is in the application itself"),
        membership("member_id", withheld="the person was told of the question by the group"),
    ),
)
held(
    "ballot_roll",
    what="who may vote; whether they have is forgotten with the count",
    why="so that exactly the members of that day decide",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.ROLL,
    seen=(SeenBy.ONESELF, SeenBy.COUNT),
    of=(about("membership_id", via="membership"),),
    erased=Erased.UNLINKED,
    columns=(
        technical("organisation_id"),
        vote("ballot_id", "membership_id", "group_id", "dropped_at"),
        vote(
            "has_voted",
            withheld="the secrecy of the ballot: it is shown to its voter while the ballot is open",
        ),
    ),
)
held(
    "envelope",
    what="a sealed vote; removed by the count",
    why="so that nobody can ever see what somebody voted",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.SEALED_VOTE,
    seen=(SeenBy.COUNT,),
    of=(about("membership_id", via="membership"),),
    erased=Erased.GONE,
    columns=(
        technical("organisation_id"),
        vote("ballot_id", "membership_id", withheld="the secrecy of the ballot"),
        vote("sealed", withheld="the secrecy of the ballot: nobody can open it, not even its voter"),
    ),
)
held(
    "ballot_outcome",
    what="what a count found: the outcome alone",
    why="so that what was decided stays true",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.MEMBERSHIP,
    seen=_MEMBERS,
    of=(about("applicant_id"), about("member_id", via="membership")),
    erased=Erased.UNLINKED,
    emptied=("offer_expires_at",),
    columns=(
        technical("organisation_id"),
        group("ballot_id", "group_id", "verdict", "counted_at"),
        membership(
            "applicant_id", "member_id", withheld="an outcome is told in neutral words, where it is asked for"
        ),
        membership("offer_expires_at", seen=(SeenBy.APPLICANT,)),
    ),
)
