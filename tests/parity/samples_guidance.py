"""What guidance is asked with in the parity table."""

FILTERS = {
    "list_rules": [{"area": "A"}, {"binding": "hard", "area": "X"}],
    "list_cards": [{"moment": "new_generation"}, {"kind": "phase"}],
}
PLACES = {"rule_id": lambda scene: ["A-01", "Z-99"]}
