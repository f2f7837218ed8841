"""Courses that become groups; no column says who was in the course (P-h14)."""

from app.adapters.postgres.inventory.held import Erased, about, held
from app.adapters.postgres.inventory.kinds import group, membership, public, technical
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

held(
    "course",
    what="a course, and the group that may come of it",
    why="so that people can go on together after it",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.WHILE_HERE,
    seen=(SeenBy.EVERYONE,),
    columns=(
        public(
            "organisation_id", "id", "title", "first_day", "last_day", "theme", "form", "area", "language"
        ),
        public("seats", "sign_up_opened_at", "cancelled_at"),
        group("group_starts_at", "group_place", "practical", seen=(SeenBy.APPLICANT, SeenBy.COORDINATOR)),
        public("created_at"),
        technical("sign_up_code", "version", seen=(SeenBy.COORDINATOR,)),
    ),
)
held(
    "course_milestone",
    what="what has been done on the way from a course to a group, and when",
    why="so that the group isn't forgotten (R-03 to R-08)",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.WHILE_HERE,
    seen=(SeenBy.COORDINATOR, SeenBy.SYSTEM),
    columns=(public("organisation_id", "course_id", "milestone", "done_on"),),
)
held(
    "course_announcement",
    what="which course a municipality's system means by an id of its own",
    why="so that the same course said again stays one course",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.WHILE_HERE,
    seen=(SeenBy.SYSTEM,),
    columns=(technical("organisation_id", "system_id", "own_id", "course_id"),),
)
held(
    "course_import",
    what="that a municipality's system has sent many courses at once",
    why="so that it can be broken off and go on",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.OUTBOX,
    seen=(SeenBy.SYSTEM,),
    columns=(technical("organisation_id", "system_id", "id", "begun_at", "finished_at"),),
)
held(
    "imported_row",
    what="what came of one row of it: its number, a hash, the course or why it was refused",
    why="so that nothing is done twice, and what was refused can be put right",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.OUTBOX,
    seen=(SeenBy.SYSTEM,),
    columns=(
        technical("organisation_id", "system_id", "import_id", "number", "digest", "outcome", "code"),
        technical("course_id", "done_at"),
    ),
)
held(
    "course_sign_up",
    what="somebody's own wish to be in the group after a course",
    why="so that they can be invited",
    basis=Basis.EXPLICIT_CONSENT,
    kept=Kept.SIGN_UP,
    seen=(SeenBy.ONESELF, SeenBy.COORDINATOR),
    of=(about("person_id"),),
    erased=Erased.GONE,
    columns=(technical("organisation_id"), membership("id", "course_id", "person_id", "signed_up_at")),
)
