from __future__ import annotations

import pytest

from briefings.errors import InputError
from briefings.intake.consistency import check_consistency
from briefings.intake.take_in import take_in
from tests import tiny
from tests.intake.conftest import MakeProject

pytestmark = pytest.mark.slow

CHANGE_HEADINGS = "Số quyết định,Mã TTHC,Hình thức"


def dossiers(*codes: str) -> str:
    rows = [f"{code},P1,D1,02/01/2025 08:00,Trực tuyến,,,Đang xử lý,x" for code in codes]
    return "\n".join([tiny.DOSSIER_HEADINGS, *rows]) + "\n"


def changes(*rows: str) -> str:
    return "\n".join([CHANGE_HEADINGS, *rows]) + "\n"


def test_the_tiny_project_is_consistent(make_project: MakeProject) -> None:
    check_consistency(take_in(make_project(*tiny.TABLES)))


def test_a_key_in_two_deliveries_is_refused_and_named(make_project: MakeProject) -> None:
    project = make_project(
        dossiers={"2025-01": dossiers("A1", "A2"), "2025-02": dossiers("A2", "A3")}
    )
    with pytest.raises(InputError, match="dossiers: the same dossier_code") as caught:
        check_consistency(take_in(project))
    assert "more than one delivery: A2." in caught.value.message
    assert "one month only" in caught.value.advice


@pytest.mark.parametrize(("common", "shown"), [(4, 4), (5, 5), (6, 5)])
def test_of_many_common_keys_the_first_five_are_named(
    make_project: MakeProject, common: int, shown: int
) -> None:
    text = dossiers(*(f"A{number}" for number in range(1, common + 1)))
    with pytest.raises(InputError) as caught:
        check_consistency(take_in(make_project(dossiers={"2025-01": text, "2025-02": text})))
    assert caught.value.message.count("; ") == shown - 1
    assert ("A6" in caught.value.message) is False


def test_a_key_of_two_columns_may_share_one_of_them(make_project: MakeProject) -> None:
    tables = {
        "decisions": {**tiny.TABLES["decisions"]},  # type: ignore[dict-item]
        "procedure_changes": {
            "2025-01": changes("1/QĐ,P1,Ban hành mới"),
            "2025-02": changes("1/QĐ,P2,Ban hành mới"),
        },
    }
    check_consistency(take_in(make_project("dossiers", *tables, **tables)))


def test_a_key_of_two_columns_that_comes_again_is_refused(make_project: MakeProject) -> None:
    again = changes("1/QĐ,P1,Ban hành mới")
    project = make_project(
        "dossiers", "procedure_changes", procedure_changes={"2025-01": again, "2025-02": again}
    )
    with pytest.raises(InputError, match=r"the same decision_no, procedure_code .* 1/QĐ P1"):
        check_consistency(take_in(project))


def test_a_change_without_its_decision_is_refused_and_named(make_project: MakeProject) -> None:
    lost = {
        "2025-01": changes("1/QĐ,P1,Ban hành mới", "8/QĐ,P1,Bãi bỏ", "8/QĐ,P2,Bãi bỏ"),
        "2025-02": changes("9/QĐ,P1,Thay thế"),
    }
    project = make_project("dossiers", "decisions", "procedure_changes", procedure_changes=lost)
    with pytest.raises(InputError, match="decisions that are in no delivery: 8/QĐ; 9/QĐ") as caught:
        check_consistency(take_in(project))
    assert "Deliver these decisions" in caught.value.advice


def test_a_change_may_come_after_its_decision(make_project: MakeProject) -> None:
    late = {"2025-01": changes(), "2025-02": changes("1/QĐ,P1,Ban hành mới")}
    check_consistency(
        take_in(make_project("dossiers", "decisions", "procedure_changes", procedure_changes=late))
    )


def test_without_a_table_of_decisions_changes_are_not_checked(make_project: MakeProject) -> None:
    check_consistency(take_in(make_project("dossiers", "procedure_changes")))
