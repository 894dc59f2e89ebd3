"""A sentence prints figures and terms; a digit or a bare number never gets in."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from briefings.errors import SettingsError
from briefings.language import WORDS
from briefings.report import narrative
from briefings.report.blocks import Inline, Prose
from briefings.report.blocks.inline import to_plain
from briefings.report.figures import Figure
from briefings.report.narrative import MARK, Term, sentences
from briefings.report.sections.service_index import Effect
from briefings.statistics.kpis import load_kpis

TEN = Figure("processed", "2025-02", "T1", 10.0, "10")
FIVE = Figure("pending", "2025-02", "T1", 5.0, "5")
LANGUAGES = ("vi", "en")
TEMPLATES = sorted({file.stem for file in WORDS.glob("*/*.j2")})

Write = Callable[[str], None]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Put the text of the template `t` in place of the shipped ones."""
    monkeypatch.setattr(narrative, "WORDS", tmp_path)
    (tmp_path / "en").mkdir()

    def clear() -> None:
        narrative._environment.cache_clear()
        narrative._template.cache_clear()

    def write_template(text: str) -> None:
        (tmp_path / "en" / "t.j2").write_text(text, encoding="utf-8")
        clear()

    yield write_template
    clear()


def test_figures_stay_figures_wherever_they_stand(write: Write):
    write("{{ a }} were processed, of {{ b }}\n\n{{ a }}{{ b }}\n")
    assert sentences("t", "en", {"a": TEN, "b": FIVE}) == (
        (TEN, " were processed, of ", FIVE),
        (TEN, FIVE),
    )


def test_a_template_without_words_says_nothing(write: Write):
    write("{% if a.measured %}\nnever\n{% endif %}\n")
    assert sentences("t", "en", {"a": dataclasses.replace(TEN, value=None)}) == ()


@pytest.mark.parametrize(
    "text",
    [
        "76 percent",
        "since ٣ months",  # an Arabic-Indic three
        "{% if a %}yes{% else %}no, 2 of them{% endif %}",
        "{% for x in a %}1{% endfor %}",
        "Quyết định 766/QĐ-TTg",
    ],
)
def test_a_digit_typed_into_the_prose_is_refused_even_where_it_would_not_be_printed(write, text):
    write(text)
    with pytest.raises(SettingsError, match="a digit is typed into the prose near"):
        sentences("t", "en", {"a": ()})


@pytest.mark.parametrize(
    "expression",
    [
        "76",
        "76.5",
        "'76'",
        "n",
        "n / 2",
        "s",
        "a.value",
        "a.text",
        "a ~ 'x'",
        "term ~ '76'",
        "term | replace('x', '76')",
        "nothing",
        "items | length",
    ],
)
def test_only_figures_and_terms_may_be_printed(write: Write, expression: str):
    write("So many: {{ " + expression + " }}.")
    values = {
        "n": 76, "s": "seventy-six", "a": TEN, "term": Term("x"), "nothing": None, "items": [TEN],
    }  # fmt: skip
    with pytest.raises(SettingsError, match="only figures and terms may be printed"):
        sentences("t", "en", values)


def test_a_name_that_is_not_given_is_an_error_not_a_gap(write: Write):
    write("So many: {{ b }}.")
    with pytest.raises((UndefinedError, SettingsError)):
        sentences("t", "en", {"a": TEN})


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ a }}",
        "{% raw %}",
        "<script>alert(1)</script>",
        '"); #panic("x',
        "Sở 1 & Sở 2",
        f"{MARK}0{MARK}",
        f"{MARK}7{MARK}",
        MARK,
    ],
)
def test_the_text_of_a_term_stays_text(write: Write, hostile: str):
    write("{{ unit }} processed {{ a }} dossiers")
    (sentence,) = sentences("t", "en", {"unit": Term(hostile), "a": TEN})
    assert [part for part in sentence if isinstance(part, Figure)] == [TEN]
    assert sentence[-2:] == (TEN, " dossiers")
    page = Prose((sentence,)).html()
    assert "<script>" not in page
    assert page.count("<data") == 1


# The shipped templates, in every state that data can be in.


def values(status: str, *, judged: bool, month: str = "") -> dict[str, object]:
    """What the sections hand to their templates; `month` is a status of the month's own."""

    def figures(period: str, status: str) -> dict[str, Figure]:
        value = 10.0 if status == "measured" else None
        return {kpi: Figure(kpi, period, "T1", value, "ten", status) for kpi in load_kpis()}

    numbers = (
        "low", "high", "value", "portal_orphans", "payment_orphans", "ended", "unknown",
        "corrected", "superseded",
        "reached", "reachable", "maximum", "lower", "centre", "upper", "units", "within",
        "named_above", "named_below", "rate", "denominator", "months", "estimated",
        "late", "unsynchronised", "unsynchronised_old", "overdue", "overdue_old", "petitions",
        "inspection", "commendation",
    )  # fmt: skip
    terms = (
        "unit", "period_name", "caption", "first", "last", "low_month", "high_month", "window",
        "year_to_date", "index", "form", "least_unknown", "on", "old", "new", "month",
        "verdict", "measure", "confidence", "small", "days", "end", "since",
    )  # fmt: skip
    parts = {name: Figure(name, "2025-02", "T1", 10.0, "ten") for name in numbers} | {
        name: Term(name) for name in terms
    }
    fired = [("rose", "run"), ("fell", "run")] + [
        (verdict, rule)
        for verdict in ("above", "below")
        for rule in ("beyond_limit", "two_of_three")
    ]
    return {
        "m": figures("2025-02", month or status),
        "y": figures("2025-01..2025-02", status),
        "sync_target": Figure("sync.target", "2025-02", "T1", 1.0, "all") if judged else None,
        "sync_variance": Figure("sync.variance", "2025-02", "T1", 0.0, "none") if judged else None,
        "effects": [
            effect(at_least=True),
            effect(at_least=False),
            effect(at_least=True, costs=False),
        ],
        "is_to_date": False,
        **dict.fromkeys(("begin", "no_stock"), Term("begin") if judged else None),
        "kind": "split" if judged else "unknown",
        **dict.fromkeys(("several", "as_now", "verified"), judged),
        "fired": [
            parts | {"verdict": verdict, "rule": rule, "every_month": judged}
            for verdict, rule in fired
        ],
        "some_unchanged": judged,
        "some_too_few": True,
        **dict.fromkeys(("some_estimated", "some_measured"), judged),
        "rates": [parts, parts],
        "supplied": ("decisions", "portal_dossiers", "feedback") if judged else (),
        **parts,
    }


def effect(*, at_least: bool, costs: bool = True) -> Effect:
    """What a low sync rate costs twice."""
    lost, maximum, there = (
        Figure(f"index.{name}", "2025-01..2025-02", "T1", 1.0, "one")
        for name in ("lost", "maximum", "lost_to_factor")
    )
    return Effect(
        Term("sync"), lost, maximum, at_least, Term("online filing"), there if costs else None
    )


def printed(sentence: Inline) -> list[str]:
    assert isinstance(sentence, tuple)
    return sorted(part.identity for part in sentence if isinstance(part, Figure))


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("status", ["measured", "no_data", "not_measurable"])
@pytest.mark.parametrize("judged", [True, False])
def test_both_languages_say_the_same_with_the_same_figures(template, status, judged):
    in_both = [sentences(template, lang, values(status, judged=judged)) for lang in LANGUAGES]
    assert [printed(sentence) for sentence in in_both[0]] == [
        printed(sentence) for sentence in in_both[1]
    ]
    assert in_both[0]
    text = "".join(part for sentence in in_both[0] for part in sentence if isinstance(part, str))
    assert not any(character.isdigit() for character in text)


@pytest.mark.parametrize("template", ["province_headlines", "unit_headlines"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_whose_data_begin_late_is_not_spoken_of(template, language):
    """`All units together received no data dossiers` is no sentence."""
    begun_late = values("no_data", month="measured", judged=False)
    for sentence in sentences(template, language, begun_late):
        assert not [part for part in sentence if isinstance(part, Figure) and not part.measured]


@pytest.mark.parametrize(
    ("template", "group"), [("province_headlines", "y"), ("unit_headlines", "m")]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_basis_of_the_index_is_spoken_of_only_beside_a_local_rate(template, group, language):
    """And as a basis of its own: it holds open dossiers, so it is not about the same ones."""
    given = values("measured", judged=False)
    said = "".join(map(str, sentences(template, language, given)))
    assert {"en": "it also counts open dossiers", "vi": "cách này tính cả hồ sơ chưa giải quyết"}[
        language
    ] in said
    assert "ùng các hồ sơ ấy" not in said
    figures = given[group]
    assert isinstance(figures, dict)
    figures["on_time"] = replace(figures["on_time"], value=None, status="no_data")
    printed_now = [*chain(*map(printed, sentences(template, language, given)))]
    assert not [identity for identity in printed_now if identity.startswith("index_on_time@")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("is_to_date", "alone"), [(True, False), (False, True)])
def test_a_period_that_is_the_year_to_date_is_not_told_again(language, is_to_date, alone):
    given = values("measured", judged=False) | {"is_to_date": is_to_date}
    said = "".join(map(str, sentences("province_headlines", language, given)))
    assert any(each in said for each in ("Alone in", "Riêng")) == alone


@pytest.mark.parametrize("template", ["province_headlines", "unit_headlines"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_decisions_are_told_without_their_procedures_where_nobody_delivered_these(
    template, language
):
    given = values("measured", judged=False)
    figures = given["y"]
    assert isinstance(figures, dict)
    for kpi in ("procedures_new", "procedures_amended", "procedures_abolished"):
        figures[kpi] = replace(figures[kpi], value=None, text="not there", status="not_measurable")
    said = [*chain(*map(printed, sentences(template, language, given)))]
    assert any(identity.startswith("decisions@") for identity in said)
    assert not any(identity.startswith("procedures_") for identity in said)


@pytest.mark.parametrize(
    ("language", "costs", "nothing"),
    [
        ("vi", "theo số liệu hiện có, ở đó làm mất", "ở đó chưa làm mất điểm."),
        ("en", "as far as these data go, it costs", "it costs no points there."),
    ],
)
def test_what_a_factor_costs_is_said_of_the_rates_as_counted(language, costs, nothing):
    """The factored rate has a bound of its own, so nothing is not known to be nothing."""
    for effects, told in ((True, costs), (False, nothing)):
        given = values("measured", judged=False)
        given["effects"] = [effect(at_least=True, costs=effects)]
        said = sentences("service_index", language, given)
        assert told in to_plain(said[-1])


def test_every_template_exists_in_both_languages():
    for language in LANGUAGES:
        assert sorted(file.stem for file in (WORDS / language).glob("*.j2")) == TEMPLATES


@pytest.mark.parametrize(("language", "due"), [("en", "due"), ("vi", "đến hạn")])
def test_the_share_published_names_its_denominator(language, due):
    """What is not yet due is not in the denominator: 100% need not be all announced ones."""
    said = [
        sentence
        for sentence in sentences("province_headlines", language, values("measured", judged=False))
        if any("publication_coverage" in identity for identity in printed(sentence))
    ]
    assert len(said) == 1
    assert due in "".join(part for part in said[0] if isinstance(part, str))
