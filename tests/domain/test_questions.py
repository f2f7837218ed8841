"""Each question names what it is about, and nothing else."""

from dataclasses import fields
from itertools import product
from typing import Any

import pytest

from app.domain.admission.errors import SubjectMismatch
from app.domain.admission.questions import TERMS, Question, Subject, require_fitting
from app.services.admission.questions import ASK
from tests.domain.build import NOW, an_id

VALUES: dict[str, Any] = {
    "application_id": an_id(1),
    "ends_at": NOW,
    "ground_rules_id": an_id(2),
    "member_id": an_id(3),
    "assignment_id": an_id(4),
}
SAID: dict[str, Any] = {"latest_date": NOW.date(), "max_meetings": 3}


def test_every_question_has_its_terms_its_check_and_its_subject() -> None:
    assert set(TERMS) == set(ASK) == set(Question)
    named = {terms.named for terms in TERMS.values()} - {None}
    assert named == set(VALUES)
    said = {name for terms in TERMS.values() for name in terms.says}
    assert said == set(SAID)
    assert named | said <= {field.name for field in fields(Subject)}


@pytest.mark.parametrize(("question", "given"), list(product(Question, [None, *VALUES])))
def test_a_question_takes_its_own_subject_alone(question: Question, given: str | None) -> None:
    subject = Subject(**({given: VALUES[given]} if given is not None else {}))
    if TERMS[question].named == given:
        require_fitting(question, subject)
    else:
        with pytest.raises(SubjectMismatch):
            require_fitting(question, subject)


@pytest.mark.parametrize(("question", "said"), list(product(Question, SAID)))
def test_what_is_said_with_one_question_goes_with_no_other(question: Question, said: str) -> None:
    named = TERMS[question].named
    subject = Subject(**({named: VALUES[named]} if named is not None else {}), **{said: SAID[said]})
    if said in TERMS[question].says:
        require_fitting(question, subject)
    else:
        with pytest.raises(SubjectMismatch):
            require_fitting(question, subject)
