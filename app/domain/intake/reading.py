"""What of that which somebody confided can be read by others: each reading is noted, and shown to that somebody (I-h8)."""

from enum import StrEnum


class WhatWasRead(StrEnum):
    """What was read."""

    ASSESSMENT = "assessment"
    PRIVATE_WISH = "private_wish"
