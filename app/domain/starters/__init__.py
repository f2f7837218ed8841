"""Starters, and the exit that is fixed before they start."""
