"""Verksted: the backend that self-organised self-help groups run on."""
