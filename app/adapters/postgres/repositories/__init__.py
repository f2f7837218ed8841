"""Repositories: the aggregates as they are loaded and saved, one module per feature."""
