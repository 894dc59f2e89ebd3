"""Columns of a raw file that look personal, by their heading or by what stands in them."""

from __future__ import annotations

import re

from briefings.intake.detectors import NUMBERS
from briefings.intake.person_names import plain, resembles_name
from briefings.intake.samples import Sample

# Headings in small letters without diacritics: who somebody is, where they live, how they are
# reached. The lists and the shares below are our own convention.
HEADINGS = frozenset(
    """
    nguoi nop|nguoi khai|nguoi yeu cau|nguoi lien he|nguoi dai dien|nguoi phan anh|nguoi kien nghi
    nguoi nhan|nguoi gui|nguoi dung|nguoi ky|nguoi xu ly|nguoi tiep nhan|nguoi duyet|nguoi thu
    nguoi dan|nguoi than|nguoi lam don|nguoi dung ten|nguoi uy quyen|nguoi de nghi|chu ho|chu ho so
    chu tai khoan|chu dau tu|chu so huu|chu the|ca nhan|cong dan|khach hang|can bo|chuyen vien
    nhan vien|ho ten|ho va ten|ho dem|ten nguoi|ten chu|so dien thoai|dien thoai|di dong|sdt|so dt
    so may|cccd|cmnd|cmt|can cuoc|chung minh|so dinh danh|dinh danh ca nhan|ho chieu
    giay to tuy than|email|e mail|mail|thu dien tu|hop thu|dia chi|noi o|cu tru|thuong tru|tam tru
    que quan|ngay sinh|nam sinh|noi sinh|thang nam sinh|gioi tinh|dan toc|ton giao|quoc tich
    so tai khoan|tai khoan|ma so thue ca nhan|bao hiem xa hoi|so bhxh|zalo|facebook
    applicant|applicants|petitioner|complainant|requester|requestor|claimant|payer|payee|customer
    citizen|resident|owner|contact|contractor name|actor|officer name|inspector|handler|person
    full name|first name|last name|middle name|surname|given name|family name|maiden name
    phone|telephone|mobile|cell|tel|fax|address|birth|birthdate|birthday|dob|gender|sex|ethnicity
    passport|national id|id card|id number|identity|ssn|social security|bank account|account number
    iban|username|user name
    """.replace("\n", "|").replace("    ", "").split("|")
) - {""}  # fmt: skip
SINGLE = frozenset(phrase for phrase in HEADINGS if " " not in phrase)
SEVERAL = HEADINGS - SINGLE
# `diaChi` and `dia_chi` are told apart from letters; `diachi` only by a phrase as long as this.
SHORTEST_TOGETHER = 5
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
NO_LETTER = re.compile(r"[\W\d_]+")
# A kind of address is no address, and the office that owns something no person.
NOT_PERSONAL = re.compile(
    r"\b(?:type|loai|kind|borough|status|department|dept|agency|division|bureau)$"
)

# An identity card number of before 2016, or a mobile number that a spreadsheet took for a number.
NINE_DIGITS = re.compile(r"[0-35789]\d{8}")
# From such a share of its cells on a column is called personal.
SHARE_WITH_NUMBERS = 0.1
SHARE_OF_NAMES = 0.5
# Nine digits may be an amount or a running number as well.
SHARE_OF_NINE_DIGITS = 0.9


def looks_personal(heading: str, sample: Sample) -> bool:
    """Whether a column is of persons, by its heading or by cells of it.

    By heading in Vietnamese, with and without diacritics, or English; by content: phone numbers,
    identification numbers, e-mail addresses, Vietnamese names.
    """
    return is_personal_heading(heading) or holds_persons(sample)


def is_personal_heading(heading: str) -> bool:
    """Whether a heading announces who somebody is, where they live or how they are reached."""
    words = NO_LETTER.sub(" ", plain(CAMEL.sub(" ", heading))).strip()
    if NOT_PERSONAL.search(words):
        return False
    if any(f" {phrase} " in f" {words} " for phrase in HEADINGS):
        return True
    together = (phrase.replace(" ", "") for phrase in SEVERAL)
    return " " not in words and any(
        phrase in words for phrase in together if len(phrase) >= SHORTEST_TOGETHER
    )


def holds_persons(sample: Sample) -> bool:
    """Whether enough cells of a column are names, numbers or addresses of persons."""
    texts = sample.texts
    if not texts:
        return False
    numbers = sum(any(pattern.search(text) for pattern in NUMBERS) for text in texts)
    names = sum(map(resembles_name, texts))
    nine = sum(NINE_DIGITS.fullmatch(text) is not None for text in texts)
    return (
        numbers >= SHARE_WITH_NUMBERS * len(texts)
        or names >= SHARE_OF_NAMES * len(texts)
        or nine >= SHARE_OF_NINE_DIGITS * len(texts)
    )
