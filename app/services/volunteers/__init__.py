"""Volunteers and their training records."""
