"""Names as they are compared: no case, accents, points or apostrophes; initials together."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart into a letter and a mark.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_DROPPED = str.maketrans(dict.fromkeys(".'’‘`ʼ", ""))
_INITIALS = re.compile(r"\b(\w) (?=\w\b)")


def folded(name: str) -> str:
    """Return the key a name is found by: ``Nicolás Maduro`` gives ``nicolas maduro``."""
    letters = unicodedata.normalize("NFKD", name.casefold().translate(_DROPPED)).translate(_PLAIN)
    kept = (
        letter if letter.isalnum() else " "
        for letter in letters
        if not unicodedata.combining(letter)
    )
    return _INITIALS.sub(r"\1", " ".join("".join(kept).split()))
