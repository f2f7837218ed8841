"""Volunteers and their training."""

from app.adapters.postgres.inventory.held import Erased, about, by, held
from app.adapters.postgres.inventory.kinds import duty, public, technical, training
from app.domain.keeping.data_kind import Basis, SeenBy
from app.domain.keeping.retention import Kept

_SEEN = (SeenBy.ONESELF, SeenBy.COORDINATOR)

held(
    "volunteer",
    what="a person's own offer to an organisation, and whom they reflect with (V-11)",
    why="to know who would like to help",
    basis=Basis.AGREEMENT,
    kept=Kept.TRAINING,
    seen=_SEEN,
    of=(about("person_id"), by("partner_id", stays=False)),
    erased=Erased.GONE,
    columns=(
        technical("organisation_id", "partner_code_sha256"),
        training("person_id", "recruited_from", "offered_at", "partner_code_expires_at"),
        training("partner_id", seen=(SeenBy.ONESELF,), withheld="another person's id"),
    ),
)
held(
    "training_entry",
    what="one entry of a training record; appended, and corrected by a further one",
    why="to know whether somebody could be given a group on a day",
    basis=Basis.AGREEMENT,
    kept=Kept.TRAINING,
    seen=_SEEN,
    of=(about("person_id"), by("recorded_by")),
    erased=Erased.GONE,
    columns=(
        technical("organisation_id"),
        training(
            "id", "person_id", "kind", "happened_at", "module", "outcome", "criteria_version", "qualities"
        ),
        training("requirement", "reason", "until", "corrects", "recorded_at"),
        duty("recorded_by", withheld="another person's id"),
    ),
)
held(
    "volunteer_criteria",
    what="a version of the criteria for conversations with new volunteers that an organisation has adopted",
    why="so that people know by what they are met",
    basis=Basis.NOT_PERSONAL,
    kept=Kept.WHILE_HERE,
    seen=(SeenBy.EVERYONE,),
    columns=(public("organisation_id", "version", "required", "welcome", "adopted_at"),),
)
