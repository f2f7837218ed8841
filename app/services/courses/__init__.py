"""Courses that become groups."""
