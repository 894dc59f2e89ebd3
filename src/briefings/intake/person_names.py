"""Names of Vietnamese persons in a text, told from places, institutions and ordinary words.

All lists are our own convention, tried on the titles of a national catalogue of procedures and
on the names of units; docs/operations.md says what they find and what they miss.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def plain(text: str) -> str:
    """Small letters without diacritics: `Nguyễn` and `NGUYEN` are `nguyen`."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
ONE_SPACE = re.compile("[ \u00a0]{1,2}")
MOST_WORDS = 5
# Where nothing tells the end of a name, in capitals or small letters throughout.
MOST_WORDS_UNMARKED = 4

# Family names that are hardly ever another word.
STRONG = _set(
    "nguyễn trần lê phan huỳnh võ đặng bùi ngô trịnh đinh phùng quách nghiêm đàm doãn hoàng lã hứa"
)
# Family names that are ordinary words, too: hồ sơ, phạm vi, đào tạo, lý lịch, dương lịch.
WEAK = _set(
    "phạm vũ trương hồ đỗ dương lý đào đoàn cao mai lương hà thái chu lâm kim tô tạ từ vương lưu "
    "thân mạc tăng triệu tống châu vi giang diệp kiều thạch khổng ninh nông lò bạch"
)
# Middle names; after a weak family name only one of them makes a name.
MIDDLE = _set(
    "văn thị hữu đức đình xuân ngọc minh thanh quang công quốc thành hồng thu bá duy gia huy khắc "
    "mạnh nhật như phú phương quý thế tiến trọng trung tuấn viết vĩnh thùy thuỳ diệu bích cẩm "
    "khánh bảo hoài quỳnh tấn đăng"
)
SURE_MIDDLE = _set("văn thị")
FAMILIES = STRONG | WEAK
PLAIN_FAMILIES = frozenset(map(plain, FAMILIES))
PLAIN_MIDDLE = frozenset(map(plain, MIDDLE))
PLAIN_SURE_MIDDLE = frozenset(map(plain, SURE_MIDDLE))
# Without diacritics đăng, trường, định, đường, phần and phạm vi would be family names, too.
PLAIN_STRONG = _set("nguyen tran huynh hoang bui trinh quach")

# In front of it a person follows; a capital only where a sentence may begin.
HONORIFICS = _set("ông bà anh chị cô chú cụ Ông Bà")
LABEL = re.compile(r":\s*\Z")
# In front of it a name is that of a place or an institution.
PLACES = _set(
    "phường xã trấn huyện quận phố tỉnh đường thôn xóm ấp khu ngõ ngách hẻm lộ trường thpt thcs "
    "viện quỹ cầu chợ đền chùa đảo sông hồ núi đèo cảng kênh hầm tuyến"
)
PLACE_PAIRS = frozenset({"giải thưởng", "công viên", "bảo tàng", "di tích", "sân bay"})
# Behind it, too: Nguyen Van Cu Street.
PLACES_BEHIND = _set("ward district commune town township street road city province")
FAMOUS = frozenset({"hồ chí minh", "ho chi minh", "nguyễn ái quốc"})


@dataclass(frozen=True)
class Word:
    """One word of a text: where it stands, and its letters."""

    start: int
    end: int
    text: str

    @property
    def low(self) -> str:
        """In small letters."""
        return self.text.lower()

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def is_upper(self) -> bool:
        """Whether it is written in capitals throughout."""
        return len(self.text) > 1 and self.text.isupper()


def is_name(text: str) -> bool:
    """Whether a whole cell is the name of a person: two to five words, family name first."""
    parts = text.split()
    if not _may_be_name(parts):
        return False
    low = [part.lower() for part in parts]
    bare = plain(text) == text.lower()
    if not all(part[0].isupper() for part in parts):
        return _is_sure(low, bare=bare)
    first, second = low[:2]
    if bare:
        return first in PLAIN_STRONG or (first in PLAIN_FAMILIES and second in PLAIN_MIDDLE)
    return first in STRONG or (first in WEAK and second in MIDDLE)


def resembles_name(text: str) -> bool:
    """The same and, where a name too many does no harm, `Đỗ Hùng Dũng` and `Đào Tạo Nghề`."""
    parts = text.split()
    of_three = len(parts) == 3 and all(part[0].isupper() for part in parts)
    return is_name(text) or (of_three and _may_be_name(parts) and parts[0].lower() in WEAK)


def name_spans(text: str, known: Collection[str] = ()) -> Iterator[tuple[int, int]]:
    """Where names of persons stand in a text; `known` are names of places, in small letters."""
    words = [Word(found.start(), found.end(), found[0]) for found in WORD.finditer(text)]
    position = 0
    while position < len(words):
        length = _name_at(text, words, position, known)
        if length:
            yield words[position].start, words[position + length - 1].end
        position += length or 1


def _may_be_name(parts: Sequence[str]) -> bool:
    return (
        2 <= len(parts) <= MOST_WORDS
        and all(map(WORD.fullmatch, parts))
        and parts[-1].lower() not in PLACES_BEHIND
    )


def _is_sure(low: Sequence[str], *, bare: bool) -> bool:
    """Nguyễn Văn and its like, which are names however they are written."""
    families, middle = (PLAIN_STRONG, PLAIN_SURE_MIDDLE) if bare else (FAMILIES, SURE_MIDDLE)
    return len(low) > 2 and low[0] in families and low[1] in middle


def _name_at(text: str, words: Sequence[Word], position: int, known: Collection[str]) -> int:
    """How many words from here on are a name; 0 where none begins."""
    run = _run(text, words, position)
    low = [word.low for word in run]
    before = _before(text, words, position)
    if len(run) < 2 or _is_place(low, before, known):
        return 0
    if not _is_title(run):
        return _unmarked(run, before)
    capitals = _leading(run, [word.is_capital for word in run])
    if capitals > MOST_WORDS:
        return 0
    if before and before[-1].text in HONORIFICS:
        return capitals
    labelled = LABEL.search(text, 0, words[position].start) is not None
    announced = labelled and low[0] in FAMILIES
    return capitals if announced or (capitals > 2 and _is_family(low)) else 0


def _unmarked(run: Sequence[Word], before: Sequence[Word]) -> int:
    """A name in capitals or small letters throughout; in a line of them nothing tells its end."""
    low = [word.low for word in run]
    upper = _leading(run, [word.is_upper for word in run])
    stands_out = 2 < upper <= MOST_WORDS and not (before and before[-1].is_upper)
    if stands_out and _is_family(low):
        return upper
    likely = upper > 2 and low[0] in STRONG and low[1] in MIDDLE
    sure = likely or _is_sure(low, bare=_is_bare(low))
    return min(upper or len(run), MOST_WORDS_UNMARKED) if sure else 0


def _leading(run: Sequence[Word], holds: Sequence[bool]) -> int:
    return next((number for number, held in enumerate(holds) if not held), len(run))


def _is_bare(low: Sequence[str]) -> bool:
    """Whether the words have no diacritics, as in English."""
    return plain(" ".join(low[:3])) == " ".join(low[:3])


def _run(text: str, words: Sequence[Word], position: int) -> list[Word]:
    """The words from here on with but a space between them, one more than a name may have."""
    run = [words[position]]
    for word in words[position + 1 : position + MOST_WORDS + 1]:
        if not _touches(text, run[-1], word):
            break
        run.append(word)
    return run


def _touches(text: str, left: Word, right: Word) -> bool:
    return ONE_SPACE.fullmatch(text, left.end, right.start) is not None


def _before(text: str, words: Sequence[Word], position: int) -> Sequence[Word]:
    """Up to two words in front, unless something else than a space is between."""
    found: list[Word] = []
    for word in reversed(words[max(0, position - 2) : position]):
        if not _touches(text, word, found[0] if found else words[position]):
            break
        found.insert(0, word)
    return found


def _is_title(run: Sequence[Word]) -> bool:
    """Whether capitals tell where a name ends."""
    first, second = run[:2]
    return first.is_capital and second.is_capital and not (first.is_upper and second.is_upper)


def _is_place(low: Sequence[str], before: Sequence[Word], known: Collection[str]) -> bool:
    begins = (" ".join(low[:length]) for length in range(2, len(low) + 1))
    if any(name in FAMOUS or name in known for name in begins):
        return True
    in_front = [word.low for word in before]
    return (
        bool(in_front[-1:] and in_front[-1] in PLACES)
        or " ".join(in_front) in PLACE_PAIRS
        or not PLACES_BEHIND.isdisjoint(low[:MOST_WORDS])
    )


def _is_family(low: Sequence[str]) -> bool:
    first, second = low[:2]
    if _is_bare(low):
        return first in PLAIN_STRONG or (first in PLAIN_FAMILIES and second in PLAIN_SURE_MIDDLE)
    return first in STRONG or (first in WEAK and second in MIDDLE)
