"""National identity numbers, typed where they don't belong: refused, and never said back (P-h7).

Norwegian ones are known by a day and two check digits, so that an account, a meeting's number or a day with a time isn't
taken for one. From 2032 the first check digit may leave a rest of up to 3 (Skatteetaten), so that counts already. Danish
ones have had no reliable check digit since 2007: they are known by a day, and by the way in which they are written.
"""

import re
import unicodedata
from urllib.parse import unquote

from app.domain.shared.errors import DomainError, Kind

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_RUN = re.compile(r"(\+)?[0-9]+(?:[^\w\n]{0,3}_?[^\w\n]{0,3}[0-9]+)*")
_GROUP = re.compile(r"[0-9]+")
_NO_TIME = r"(?![0-9])(?! ?-? ?[0-9]{2}[.:]?[0-9]{2}(?![0-9]))"
_DASHED = re.compile(rf"(?<![0-9])([0-9]{{6}})-[0-9]{{4}}{_NO_TIME}")
_TOGETHER = re.compile(rf"(?<![0-9+])([0-9]{{6}})[0-9]{{4}}{_NO_TIME}")
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_LONGEST_TELEPHONE = 15
_AFTER_HOST = re.compile(r"[/?#]")
_PORT = re.compile(r":\d*$")


class NationalIdGiven(DomainError):
    """This looks like a national identity number. None is wanted here, and it has not been kept."""

    kind, code = Kind.INVALID, "people.national_id_given"


class NationalIdInWords(DomainError):
    """A national identity number stands in words that are about no person. They have not been kept."""

    kind, code = Kind.INVALID, "people.national_id_in_words"


def refuse_national_id(text: str, pointer: str) -> None:
    """Refuse a way of being reached that is an identity number; the refusal doesn't repeat it."""
    if holds_national_id(text):
        raise NationalIdGiven(pointer)


def refuse_national_id_in_words(text: str, pointer: str) -> None:
    """Refuse words about a course or a system in which an identity number stands; the refusal doesn't repeat it."""
    if holds_national_id(text):
        raise NationalIdInWords(pointer)


def refuse_national_id_in_name(name: str, pointer: str) -> None:
    """The same of an id or an address that a machine has made: ten digits together may well be a number of its own."""
    if holds_national_id(name, together=False):
        raise NationalIdInWords(pointer)


def refuse_national_id_in_address(url: str, pointer: str) -> None:
    """The same of an address: of the name of its host, and of all that comes after it, as it is written and as it is meant.

    A host without a name is a number of the network's, and so is a port.
    """
    host, rest = _AFTER_HOST.split(url.partition("://")[2] + "/", maxsplit=1)
    if any(sign.isalpha() for sign in host):
        refuse_national_id_in_name(_PORT.sub("", host), pointer)
    refuse_national_id_in_name(rest, pointer)
    refuse_national_id_in_name(unquote(rest), pointer)


def holds_national_id(text: str, *, together: bool = True) -> bool:
    """Whether a Norwegian or a Danish identity number stands in it; `together`: also a Danish one without its dash."""
    plain = _plain(text)
    danish = (_DASHED, _TOGETHER) if together else (_DASHED,)
    return any(_has_norwegian(run) for run in _RUN.finditer(plain)) or any(
        _is_day(int(day[:2]) % 60, int(day[2:4])) for shape in danish for day in shape.findall(plain)
    )


def _plain(text: str) -> str:
    """The same with the digits of any script as ours, any dash as a hyphen, and nothing invisible."""
    return "".join(_sign(sign) for sign in unicodedata.normalize("NFKC", text))


def _sign(sign: str) -> str:
    if sign.isascii():
        return sign
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    if kind == "Pd" or sign == "\N{MINUS SIGN}":
        return "-"
    return "" if kind in ("Cf", "Mn", "Me") else sign


def _has_norwegian(run: re.Match[str]) -> bool:
    """Whether eleven digits that begin and end where a group of them does are one, however they are set apart."""
    groups = _GROUP.findall(run[0])
    # A telephone number with its country is none; no country begins with 0.
    if run[1] and groups[0][0] != "0" and sum(map(len, groups)) <= _LONGEST_TELEPHONE:
        return False
    for start in range(len(groups)):
        digits = ""
        for group in groups[start : start + 11]:
            digits += group
            if len(digits) >= 11:
                break
        if len(digits) == 11 and _is_norwegian(digits):
            return True
    return False


def _is_norwegian(digits: str) -> bool:
    """Fødselsnummer, D-number (day + 40), H-number (month + 40) and synthetic ones (month + 40, 65 or 80)."""
    day, month = int(digits[:2]), int(digits[2:4])
    months = (month - more for more in (0, 40, 65, 80))
    return (
        any(_is_day(day - 40 if day > 40 else day, each) for each in months)
        and _rest(digits, _FIRST) <= 3
        and _rest(digits, _SECOND) == 0
    )


def _rest(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11


def _is_day(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]
