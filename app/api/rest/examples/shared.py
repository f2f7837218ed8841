"""Ids and texts that several examples share: one story is told through all of them."""

from datetime import date

TOLD_ON = date(2026, 11, 30)
"""When they were last gone through: examples of bodies whose day has to lie ahead lie well after it, those of what was
done lie before it. Move it, and them, on once a year."""
ORGANISATION = "00000000-0000-8000-8000-2a7f00000000"
GROUP = "019a8c3e-4d00-8a11-8000-2a7f5c31d0e2"
PERSON = "6f0a4a0e-4b5b-4c36-9a68-0d6a0e1f5b11"
MEMBERSHIP = "019a8c3e-5110-8b02-8000-2a7f77d1c9a4"
BALLOT = "019a9f00-1b20-8c44-8000-2a7f0b6e19d3"
APPLICATION = "019a9e80-0a10-8d15-8000-2a7f91fe3c20"
MEETING = "019a8c40-7a30-8e21-8000-2a7fe01b66f8"
PLACEMENT = "019a8c3e-4f00-8f01-8000-2a7f31c2aa90"
RULES = "019a9f10-2c30-8b77-8000-2a7f4ad1e652"
SHA = "9d1f0f7f3d0a3a6e0c5e9d6f6a3d7a0b2b1c4e5f60718293a4b5c6d7e8f90a1b"
ANYBODY = {"age_from": None, "age_to": None, "genders": "all", "in_common": None}
HELP = {
    "key": "mental-helse",
    "name": "Mental Helse Hjelpetelefonen",
    "description": "Somebody to talk to, day and night.",
    "phone": "116 123",
    "url": "https://mentalhelse.no",
}
SIGNATURE = {"text_version": "1", "language": "nb", "text_sha256": SHA, "typed_name": "Hanne Haug"}
