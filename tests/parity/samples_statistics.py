"""What statistics are asked with in the parity table."""

FILTERS = {"read_statistics": [{"period": "2025-Q4"}, {"period": "2099-Q1"}]}
