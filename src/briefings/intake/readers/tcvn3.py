"""Vietnamese in the old ABC fonts (TCVN3), which only looks right in such a font."""

from __future__ import annotations

import re
from collections.abc import Iterable

ASCII = bytes(range(128))
# ă â ê ô ơ ư à ả ã á ạ ằ ẳ ẵ ắ behind another letter, đ and Đ before one. In cp1258 and Latin-1 the
# same bytes are signs such as © ª « ¬ · ¸ ¹ ® §, which seldom stand there.
LETTERS = re.compile(
    rb"(?<=[A-Za-z\xa7\xae])[\xa8-\xad\xb5-\xb9\xbc-\xbe]|(?<=[A-Za-z])\xbb(?=[A-Za-z])"
    rb"|(?<![A-Za-z])[\xa7\xae](?=[A-Za-z\xa8-\xfe])"
)
# A tone of cp1258 behind the vowel that carries it.
TONES = re.compile(
    rb"[aeiouyAEIOUY\xc2\xc3\xca\xd4\xd5\xdd\xe2\xe3\xea\xf4\xf5\xfd][\xcc\xd2\xde\xec\xf2]"
)
# Our own convention; in TCVN3 about half of all letters with marks are among LETTERS.
LEAST_SHARE = 0.2
LEAST_LETTERS = 2
ADVICE = (
    "Convert it to Unicode before exporting (UniKey: Toolkit, from TCVN3 (ABC) to Unicode), or "
    "export from the source system as UTF-8."
)

IF_NOT = "If it is not TCVN3, declare its encoding in the layout of the profile."


def is_tcvn3(blocks: Iterable[bytes]) -> bool:
    """Whether bytes that are no UTF-8 are rather Vietnamese in TCVN3 than in cp1258."""
    letters = tones = marked = 0
    for block in blocks:
        letters += len(LETTERS.findall(block))
        tones += len(TONES.findall(block))
        marked += len(block.translate(None, ASCII))
    return letters >= LEAST_LETTERS and letters > tones and letters >= LEAST_SHARE * marked


def is_tcvn3_text(text: str) -> bool:
    """The same for text that a workbook holds as the signs of Latin-1."""
    try:
        return not text.isascii() and is_tcvn3([text.encode("latin-1")])
    except UnicodeEncodeError:
        return False
