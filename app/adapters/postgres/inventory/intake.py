"""What comes before a group: interests, conversations, outcomes, and who has read of them."""

from app.adapters.postgres.inventory.held import Erased, about, by, held
from app.adapters.postgres.inventory.kinds import access, confided, duty, public, technical
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

_ASSESSMENT = (SeenBy.ONESELF, SeenBy.INTERVIEWER)

held(
    "intake_outcome",
    what="what an intake ended in; no severity (I-09)",
    why="to know who can be invited into a group, and to have shown other help",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.INTAKE_OUTCOME,
    seen=(SeenBy.ONESELF, SeenBy.COORDINATOR, SeenBy.INTERVIEWER),
    of=(about("person_id"), by("recorded_by")),
    erased=Erased.GONE,
    columns=(
        technical("organisation_id"),
        confided("id", "person_id", "outcome", "method", "signposted_to", "recorded_at", "valid_until"),
        duty("recorded_by", seen=_ASSESSMENT, withheld="another person's id"),
    ),
)
held(
    "interest",
    what="what somebody looks for, said by themselves (A-07)",
    why="to find or begin a group for them",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.INTEREST,
    seen=(SeenBy.ONESELF, SeenBy.COORDINATOR),
    of=(about("person_id"),),
    erased=Erased.GONE,
    columns=(
        technical("organisation_id"),
        confided("person_id", "theme", "forms", "area", "weekdays", "language", "company"),
        confided(
            "private_wish",
            why="so that they needn't meet whom they would rather not",
            sealed="interest.private_wish",
        ),
        confided("registered_at", "kept_until"),
    ),
)
held(
    "recommendation",
    what="a giver's receipt; it knows neither codes nor anybody who got one",
    why="so that givers see what they have given",
    basis=Basis.AGREEMENT,
    kept=Kept.RECOMMENDATION,
    seen=(SeenBy.ONESELF,),
    of=(about("giver_id"),),
    erased=Erased.GONE,
    columns=(technical("organisation_id"), duty("id", "giver_id", "how_many", "given_at", "expires_at")),
)
held(
    "recommendation_code",
    what="a code that is still to be used: its hash and its end; gone with its use (P-h1)",
    why="to let in whoever brings it, once",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.RECOMMENDATION,
    seen=(SeenBy.NOBODY,),
    columns=(technical("organisation_id", "code_hash", "expires_at"),),
)
held(
    "intake_reading",
    what="that somebody has read what somebody has confided",
    why="so that people see who has read of them",
    basis=Basis.LEGAL_DUTY,
    kept=Kept.READING,
    seen=(SeenBy.ONESELF,),
    of=(about("person_id"), by("reader_id")),
    erased=Erased.GONE,
    columns=(
        technical("organisation_id"),
        access("id", "person_id", "what", "read_at"),
        access("reader_id", withheld="another person's id; who has read is told by name"),
    ),
)
held(
    "intake_criteria",
    what="a version of the criteria that an organisation has adopted",
    why="so that people know by what they are met",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.WHILE_HERE,
    seen=(SeenBy.EVERYONE,),
    columns=(public("organisation_id", "version", "criteria", "adopted_at"),),
)
held(
    "assessment",
    what="one intake conversation: who, when, with whom; nothing of what was said (P-17)",
    why="to hold the conversation before a group",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.CONVERSATION,
    seen=(SeenBy.ONESELF, SeenBy.INTERVIEWER, SeenBy.COORDINATOR),
    of=(about("person_id"), by("interviewer_id")),
    erased=Erased.GONE,
    columns=(
        technical("organisation_id", "version"),
        confided("id", "person_id", "criteria_version", "asked_at", "kept_until"),
        confided("starts_at", "form", "place", "completed_at", "outcome_id"),
        duty("interviewer_id", withheld="another person's id"),
    ),
)
held(
    "assessment_conflict",
    what="that an interviewer and the person know each other",
    why="so that another one holds the conversation",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.CONVERSATION,
    seen=(SeenBy.ONESELF,),
    of=(about("assessment_id", via="assessment"), by("interviewer_id", stays=False)),
    erased=Erased.GONE,
    columns=(
        technical("organisation_id"),
        confided("assessment_id", "named_by"),
        duty("interviewer_id", withheld="another person's id"),
    ),
)
held(
    "assessment_text",
    what="what was confided in a conversation, sealed",
    why="to prepare and hold the conversation",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.CONFIDED_TEXT,
    seen=_ASSESSMENT,
    of=(about("assessment_id", via="assessment"),),
    erased=Erased.GONE,
    columns=(
        technical("organisation_id"),
        confided("assessment_id", "kind", "gone_at"),
        confided("sealed", sealed="assessment.{kind}", sealed_for="assessment_id", masked=True),
    ),
)
