"""Reads: straight from SQL, without locks, in keyset pages; one module per feature."""
