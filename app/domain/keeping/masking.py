"""What others may have named in a free text, made unreadable in a copy of it (I-h5): addresses, numbers, names of accounts.

Names in running text can't be known; shapes can.
"""

import re

MASK = "•••"
_SHAPES = re.compile(
    r"""
      [\w.+%-]+@[\w-]+(?:\.[\w-]+)+        # an e-mail address
    | (?:https?://|www\.)\S+               # an address on the web
    | (?<!\w)@\w{2,}                       # the name of an account
    | (?<!\w)\+?\d(?:[\s().-]?\d){5,}      # a telephone number, a national id, a date of birth
    """,
    re.VERBOSE,
)


def masked(text: str) -> str:
    """The text without what leads to somebody."""
    return _SHAPES.sub(MASK, text)
