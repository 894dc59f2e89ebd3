from __future__ import annotations

import unicodedata

from briefings.intake.labels import contradictions, fold, lookup


def test_labels_are_compared_composed_and_trimmed() -> None:
    assert fold(unicodedata.normalize("NFD", " Đúng hạn ")) == "Đúng hạn"
    assert fold("Đúng hạn") != fold("Dung han")


def test_case_and_accents_are_ignored_only_where_a_profile_says_so() -> None:
    assert fold("ĐÚNG HẠN", ["case"]) == fold("đúng hạn", ["case"])
    assert fold("Đường", ["accents"]) == "Duong"
    assert fold("ĐÚNG hạn", ["case", "accents"]) == fold("dung HAN", ["case", "accents"])


def test_labels_find_their_codes() -> None:
    codes = {"Trực tuyến": "online", "Trực tiếp": "counter"}
    assert lookup(codes, ["Trực tuyến", "truc tiep"], ()) == {"Trực tuyến": "online"}
    assert lookup(codes, ["truc tiep"], ("case", "accents")) == {"truc tiep": "counter"}


def test_two_labels_that_become_one_contradict_each_other() -> None:
    """Tỉnh (province) and Tính, once without accents."""
    codes = {"Cấp xã": "commune", "cap xa": "district"}
    assert contradictions(codes, ()) == []
    assert contradictions(codes, ("case", "accents")) == ["cap xa"]
    assert contradictions({"a": "1", "A": "1"}, ("case",)) == []
