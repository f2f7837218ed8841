"""The guard of a directory of keys: it knows by which secrets its keys are wrapped, and lets nobody begin without them.

A wrong secret, or an empty directory in the place of the right one, would make everything read as gone, and new keys would
be made beside the old ones. So neither is begun with.
"""

import hmac
import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

_NAME = "guard"


class KeysNotOurs(RuntimeError):
    """The directory's keys can't be opened with what was given. The message says what to do."""


def begin(directory: Path, derived: Sequence[bytes]) -> None:
    """Put a guard where there is none: only for whoever knows that nothing has been sealed with other keys."""
    if not (directory / _NAME).exists():
        _write(directory, [_tag(derived[0])])


def check(directory: Path, derived: Sequence[bytes]) -> None:
    """`KeysNotOurs` where keys lie that none of these opens, or where nobody has begun."""
    path = directory / _NAME
    if not path.exists():
        raise KeysNotOurs(
            f"{directory} holds no people's keys yet. Run `migrate` with the same VERKSTED_PERSON_KEYS first; if there"
            " were keys before, this is not their directory."
        )
    ours, known = [_tag(each) for each in derived], path.read_text().split()
    if not set(known) <= set(ours):
        raise KeysNotOurs(
            f"Keys in {directory} are wrapped under a secret that isn't given: add it to VERKSTED_EARLIER_SECRETS, or wrap"
            " them anew with `keys rotate --kek` while it is still there."
        )
    if ours[0] not in known:
        _write(directory, [ours[0], *known])


def only_newest(directory: Path, derived: Sequence[bytes]) -> None:
    """All keys have been wrapped under the newest secret: the earlier ones may go."""
    _write(directory, [_tag(derived[0])])


def _tag(derived: bytes) -> str:
    return hmac.digest(derived, b"guard of the keys", sha256).hex()


def _write(directory: Path, tags: Sequence[str]) -> None:
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = directory / f"{_NAME}.{os.getpid()}.new"
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(handle, "\n".join(tags).encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    os.replace(beside, directory / _NAME)
