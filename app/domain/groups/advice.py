"""What is worth knowing while a group forms. Shown to whoever composes it, and never in the way of anything.

It speaks about what the group states of itself. Nobody's age or gender is kept, so nothing is counted (G-h10).
"""

from enum import StrEnum

from app.domain.groups.composition import Composition, Genders


class FormingAdvice(StrEnum):
    """What to think about."""

    WIDE_AGE_SPAN = "wide_age_span"
    ONE_GENDER = "one_gender"
    TWO_STARTERS = "two_starters"
    WITHOUT_STARTER = "without_starter"
    FEW_AT_THE_START = "few_at_the_start"

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules behind it."""
        return _RULES[self]


_RULES: dict[FormingAdvice, tuple[str, ...]] = {
    FormingAdvice.WIDE_AGE_SPAN: ("G-09",),
    FormingAdvice.ONE_GENDER: ("G-10", "G-11"),
    FormingAdvice.TWO_STARTERS: ("V-09", "R-09"),
    FormingAdvice.WITHOUT_STARTER: ("G-22", "M-11", "M-12"),
    FormingAdvice.FEW_AT_THE_START: ("G-05", "G-06"),
}


def advice_on_forming(
    composition: Composition,
    *,
    age_span_hint: int,
    starter_helps: bool,
    anybody_convenes: bool,
    is_fixed: bool,
    members: int,
    warn_below: int,
) -> list[FormingAdvice]:
    """What there is to say; `is_fixed`: whether the first meeting is."""
    span = composition.age_span
    found = {
        FormingAdvice.WIDE_AGE_SPAN: span is not None and span > age_span_hint,
        FormingAdvice.ONE_GENDER: composition.genders is not Genders.ALL,
        FormingAdvice.TWO_STARTERS: starter_helps,
        FormingAdvice.WITHOUT_STARTER: not starter_helps and not anybody_convenes,
        FormingAdvice.FEW_AT_THE_START: is_fixed and members < warn_below,
    }
    return [advice for advice, holds in found.items() if holds]
