"""Every rule lives somewhere, and something holds it: a test, or people, and then with a reason."""

from tools.rules_table import TABLE, marks, missing, table


def test_no_rule_and_no_hazard_is_forgotten() -> None:
    assert missing() == []


def test_the_table_is_what_the_code_says() -> None:
    assert TABLE.read_text("utf-8") == table(), "make rules, and commit docs/rules.md"


def test_ids_are_found_in_marks_and_in_names() -> None:
    by_mark = "parity/test_parity::test_everybody_hears_the_same_by_both_ways_in"
    assert by_mark in marks("hazard")["B-29"]
    assert (
        "domain/test_group::test_a01_it_closes_with_the_start_of_its_first_meeting" in marks("rule")["A-01"]
    )
