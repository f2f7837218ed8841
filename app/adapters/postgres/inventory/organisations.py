"""Organisations, their policies, who has registered, and who works for them."""

from app.adapters.postgres.inventory.held import Erased, about, held
from app.adapters.postgres.inventory.kinds import duty, identity, membership, public, technical
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

_EVERYONE = (SeenBy.EVERYONE,)
_STAFF = (SeenBy.ONESELF, SeenBy.ADMINISTRATOR, SeenBy.COORDINATOR)

held(
    "organisation",
    what="an organisation and its place in the tree",
    why="to say who offers groups where",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.WHILE_HERE,
    seen=_EVERYONE,
    columns=(
        public(
            "id",
            "name",
            "country",
            "level",
            "parent_id",
            "municipalities",
            "mergers",
            "time_zone",
            "created_at",
        ),
    ),
)
held(
    "policy",
    what="a version of what an organisation has decided for itself",
    why="to evaluate by the rules that held then",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.WHILE_HERE,
    seen=_EVERYONE,
    columns=(
        public(
            "organisation_id", "version", "effective_from", "intake_mode", "minimum_age", "youth_programme"
        ),
        public("size_warn_below", "age_span_hint", "size_start_min", "size_max", "ballot_rule"),
        public("ballot_quorum_percent", "ballot_window_days", "entry_offer_days", "application_wait_days"),
        public("reapply_after_days", "intake_valid_days", "parallel_membership", "starter_default_meetings"),
        public("starter_max_meetings", "starter_max_days", "follow_up_after_meetings"),
        public("supervision_every_days", "course_every_days", "network_meeting_every_days"),
        public("renewal_window_days", "dormant_after_days", "recommendation_days", "interest_days"),
        public("assessment_text_days", "appointment_no_show_days", "suspend_starter_on_lapse"),
    ),
)
held(
    "registration",
    what="a person's own entry with an organisation, and the name they gave it",
    why="so that the organisation's staff know whom they talk with",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.ACCOUNT,
    seen=(SeenBy.ONESELF, SeenBy.COORDINATOR, SeenBy.INTERVIEWER),
    of=(about("person_id"),),
    erased=Erased.GONE,
    columns=(
        membership("organisation_id", "person_id", "registered_at"),
        identity("name", "name_sealed", "is_protected"),
    ),
)
held(
    "staff_declaration",
    what="the promise of confidentiality of somebody who works for the organisation (C-07)",
    why="to show that it was made before anything confidential was seen",
    basis=Basis.AGREEMENT,
    kept=Kept.DUTY,
    seen=_STAFF,
    of=(about("person_id"),),
    erased=Erased.GONE,
    columns=(
        technical("organisation_id"),
        duty("person_id", "text_version", "language", "text_sha256", "signed_at"),
        identity("typed_name", "typed_name_sealed"),
    ),
)
held(
    "role_grant",
    what="what somebody does for the organisation",
    why="to let them do it",
    basis=Basis.AGREEMENT,
    kept=Kept.DUTY,
    seen=_STAFF,
    of=(about("person_id"),),
    erased=Erased.GONE,
    columns=(technical("organisation_id"), duty("person_id", "role", "granted_at")),
)
