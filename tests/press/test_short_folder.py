"""Sockets lie in the usual temporary folder as long as their names fit."""

from __future__ import annotations

import pytest

from briefings.press import short_folder
from briefings.press.short_folder import LONGEST_SOCKET_FOLDER, SHORT, parent_for_sockets

FITS = "/" + "x" * (LONGEST_SOCKET_FOLDER - 1 - len("/b-12345678"))


@pytest.mark.parametrize(
    ("usual", "prefixes", "place"),
    [
        (FITS, ["b-"], FITS),
        (f"{FITS}x", ["b-"], SHORT),
        (f"{FITS[:-2]}đ", ["b-"], FITS[:-2] + "đ"),
        (f"{FITS[:-1]}đ", ["b-"], SHORT),
        (FITS, ["a-", "b-"], SHORT),
        ("/var/tmp", ["a-", "b-"], "/var/tmp"),
    ],
)
def test_the_place(
    monkeypatch: pytest.MonkeyPatch, usual: str, prefixes: list[str], place: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", usual)
    assert parent_for_sockets(*prefixes) == place


def test_where_there_is_no_other_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", f"{FITS}x")
    monkeypatch.setattr(short_folder, "SHORT", "/nowhere")
    assert parent_for_sockets("b-") == f"{FITS}x"
