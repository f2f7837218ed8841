"""Streams: telling people that something is new while they look on, in both ways in."""
