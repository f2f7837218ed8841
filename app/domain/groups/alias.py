"""Which aliases look alike, and which mix scripts: nobody in a group may pass for somebody else there.

After Unicode TR39, and smaller. Its whole table (6,000 signs) holds `m` and `rn` for one and the same; such a fold would
refuse names that everybody tells apart. So there are two rules: an alias keeps to one script, and of the scripts whose
letters pass for Latin ones (Cyrillic, Greek, Armenian) those letters are compared as the Latin ones. A library would
answer in Python only, and two who choose at the same moment are told apart by the database alone: so the fold is two
strings, for `translate` in a unique index (`uq_membership_alias_looks`). Accents and double letters still tell names apart.
"""

import unicodedata
from typing import Final

_FOLD: Final = {
    # Latin and figures among themselves: capital i, one and a bar are a small L; zero is an O.
    "l": "I1|\u0399\u0406\u04c0\u04cf\u01c0\u2223\u056c",
    "o": "0\u039f\u03bf\u03c3\u041e\u043e\u0555\u0585",
    "i": "\u0131\u0269\u03b9\u0456",
    "a": "\u0251\u0391\u03b1\u0410\u0430",
    "b": "\u0392\u03b2\u0412\u0432\u042c\u044c\u0184\u0185",
    "c": "\u03f9\u03f2\u0421\u0441",
    "d": "\u0501",
    "e": "\u0395\u03b5\u0415\u0435",
    "f": "\u03dc\u03dd",
    "g": "\u0261\u0581\u050d",
    "h": "\u0397\u041d\u043d\u04ba\u04bb\u0570",
    "j": "\u037f\u03f3\u0408\u0458\u0575",
    "k": "\u039a\u03ba\u041a\u043a",
    "L": "\u053c",
    "m": "\u039c\u041c\u043c",
    "n": "\u039d\u03b7\u0578",
    "p": "\u03a1\u03c1\u0420\u0440",
    "q": "\u051a\u051b\u0566",
    "s": "\u0405\u0455\u054f",
    "t": "\u03a4\u03c4\u0422\u0442",
    "u": "\u03c5\u057d\u054d",
    "v": "\u03bd\u0474\u0475",
    "w": "\u03c9\u051c\u051d\u0561",
    "x": "\u03a7\u03c7\u0425\u0445",
    "y": "\u03a5\u03b3\u0423\u0443\u04ae\u04af",
    "z": "\u0396\u03b6",
    "3": "\u0417\u0437\u01b7\u0292",
    # With an accent, where it is one sign.
    "\u00e1": "\u0386\u03ac",
    "\u00e9": "\u0388\u03ad",
    "\u00ed": "\u038a\u03af",
    "\u00f3": "\u038c\u03cc",
    "\u00fa": "\u03cd",
    "\u00fd": "\u038e",
    "\u00e4": "\u04d2\u04d3",
    "\u00eb": "\u0401\u0451",
    "\u00ef": "\u03aa\u03ca\u0407\u0457",
    "\u00f6": "\u04e6\u04e7",
    "\u00fc": "\u03cb",
    "\u00ff": "\u03ab\u04f0\u04f1",
    "\u00e6": "\u04d4\u04d5",
    "\u0259": "\u018f\u04d8\u04d9",
}
_NOT_SEEN: Final = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\ufe0e\ufe0f\uffa0"
"""Letters and marks that show nothing: in the comparison they aren't there."""
LOOKS_FROM: Final = "".join(_FOLD.values()) + _NOT_SEEN
"""Signs that are compared as others, and after them those that are left out."""
LOOKS_TO: Final = "".join(look * len(signs) for look, signs in _FOLD.items())
"""What the first of them are compared as, sign by sign."""

_TOGETHER: Final = {
    "HIRAGANA": "CJK",
    "KATAKANA": "CJK",
    "HANGUL": "CJK",
    "BOPOMOFO": "CJK",
    "IDEOGRAPHIC": "CJK",
}
_SCRIPTS: Final = frozenset(
    {
        *(
            "LATIN",
            "CYRILLIC",
            "GREEK",
            "ARMENIAN",
            "GEORGIAN",
            "HEBREW",
            "ARABIC",
            "SYRIAC",
            "THAANA",
            "ETHIOPIC",
        ),
        *(
            "DEVANAGARI",
            "BENGALI",
            "GURMUKHI",
            "GUJARATI",
            "ORIYA",
            "TAMIL",
            "TELUGU",
            "KANNADA",
            "MALAYALAM",
        ),
        *("SINHALA", "THAI", "LAO", "TIBETAN", "MYANMAR", "KHMER", "MONGOLIAN", "CJK"),
    }
)
"""In daily use (Unicode TR31, table 5, and two more). Others have whole alphabets that pass for Latin capitals."""
_COMMON: Final = frozenset({"COMBINING", "VARIATION", "DIGIT", "MODIFIER"})


def keeps_to_one_script(alias: str) -> bool:
    """Whether its letters, figures and marks are all of one script in daily use.

    Figures, accents, spaces, dots and pictures go with each of them.
    """
    return len({script for script in map(_script, alias) if script is not None}) <= 1 and all(
        script is None or script in _SCRIPTS for script in map(_script, alias)
    )


def _script(sign: str) -> str | None:
    """The script of a sign, by its name in Unicode; None for what goes with each."""
    if unicodedata.category(sign)[0] not in "LMN":
        return None
    name = unicodedata.name(sign, "UNNAMED")
    if name.startswith("LATIN LETTER SMALL CAPITAL"):
        return "SMALL CAPITAL"
    first = name.replace("-", " ").split(" ", 1)[0]
    return None if first in _COMMON else _TOGETHER.get(first, first)
