"""Figures about groups that can't betray anybody in them."""
