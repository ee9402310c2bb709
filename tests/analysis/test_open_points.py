"""What each paper still lacks: nothing is asked that is there, and nothing that is not there is left out."""

import pandas as pd
import pytest
from hand_made import with_budget, with_notes, with_targets

from iku_analysis import IkuError, open_sections
from iku_analysis.analysis.open_points import PAPERS
from iku_analysis.schema import AGENCY_SECTIONS, INDICATOR_SECTIONS

TARGETED = ["nik", "umkm", "pasar_diawasi", "keluhan", "uttp", "ekspor"]  # in 2021


def listed(frame: pd.DataFrame) -> list[tuple[str, int, str]]:
    return list(frame.itertuples(index=False, name=None))


def test_a_plan(make_agency) -> None:
    agency = make_agency()
    assert listed(open_sections(agency, 2021, "plan")) == [
        (each, 2021, section) for each in TARGETED for section in ("quarter_targets", "budget")
    ]
    agency = with_targets(agency, {("nik", 2021): [30, 30, 30, 30], ("umkm", 2020): [1, 1, 1, 1]})
    agency = with_budget(agency, ("Tera", "uttp", "2021", 10, None), ("Tera", "nik", "2020", 10, None))
    left = listed(open_sections(agency, 2021, "plan"))
    assert ("nik", 2021, "quarter_targets") not in left
    assert ("uttp", 2021, "budget") not in left
    assert len(left) == 10


def test_an_agreement(make_agency) -> None:
    agency = make_agency()
    assert listed(open_sections(agency, 2021, "agreement")) == [
        ("", 2021, "first_party"),
        ("", 2021, "second_party"),
        ("", 2021, "budget"),
        *((each, 2021, "quarter_targets") for each in TARGETED),
    ]
    agency = with_notes(with_budget(agency, ("Sekretariat", "", "2021", 10, None)), ("", 2021, "first_party"))
    assert listed(open_sections(agency, 2021, "agreement"))[:2] == [
        ("", 2021, "second_party"),
        ("nik", 2021, "quarter_targets"),
    ]


def test_a_report(make_agency) -> None:
    agency = make_agency(("nik", 2021, 120), ("umkm", "2021-TW1", 10))
    agency = with_notes(agency, ("nik", 2021, "causes"), ("umkm", 2020, "causes"), ("", 2021, "next_steps"))
    left = listed(open_sections(agency, 2021, "report"))
    assert left[:3] == [("", 2021, "organisation"), ("", 2021, "issues"), ("", 2021, "conclusion")]
    of_nik = [section for each, _year, section in left if each == "nik"]
    assert of_nik == ["solutions", "programmes", "standard", "next_steps", "budget"]
    of_umkm = [section for each, _year, section in left if each == "umkm"]
    assert of_umkm == ["realisation", "causes", "solutions", "programmes", "standard", "next_steps", "budget"]
    assert "pasar_sni" not in {each for each, _year, _section in left}  # not targeted in 2021


def test_an_evaluation_asks_for_the_steps_of_both_years(make_agency) -> None:
    agency = with_notes(make_agency(("nik", 2019, 120)), ("nik", 2019, "next_steps"), ("keluhan", 2018, "next_steps"))
    left = listed(open_sections(agency, 2019, "evaluation"))
    assert ("nik", 2019, "realisation") not in left
    assert ("nik", 2019, "next_steps") not in left
    assert ("", 2019, "next_steps") in left
    # In 2018 nik and pasar_diawasi were not targeted; pasar_sni was.
    assert [each for each in left if each[1] == 2018] == [
        (each, 2018, "next_steps") for each in ("", "umkm", "pasar_sni", "uttp", "ekspor")
    ]


def test_the_first_year_has_none_before(make_agency) -> None:
    assert {year for _each, year, _section in listed(open_sections(make_agency(), 2018, "evaluation"))} == {2018}


def test_up_to_a_quarter(make_agency) -> None:
    agency = make_agency(("nik", "2021-TW1", 30), ("umkm", 2021, 5))
    left = listed(open_sections(agency, 2021, "evaluation", 1))
    assert ("nik", 2021, "realisation") not in left
    assert ("nik", 2021, "quarter_targets") in left
    assert ("umkm", 2021, "realisation") in left  # its year says nothing about the first quarter
    left = listed(open_sections(agency, 2021, "evaluation"))
    assert ("umkm", 2021, "realisation") not in left
    assert ("nik", 2021, "realisation") in left
    assert ("nik", 2021, "quarter_targets") not in left


def test_0_of_0_is_no_realisation(make_agency) -> None:
    left = listed(open_sections(make_agency(("keluhan", 2021, (0, 0))), 2021, "report"))
    assert ("keluhan", 2021, "realisation") in left


def test_nothing_left_is_an_empty_frame_of_the_same_columns(make_agency) -> None:
    agency = with_targets(make_agency(), {(each, 2021): [1, 1, 1, 1] for each in TARGETED})
    frame = open_sections(with_budget(agency, *[("P", each, "2021", 10, None) for each in TARGETED]), 2021, "plan")
    assert frame.empty
    assert list(frame.columns) == ["indicator_id", "year", "section"]


def test_what_papers_ask_for_can_be_written() -> None:
    for of_agency, of_indicator in PAPERS.values():
        assert set(of_agency) <= {*AGENCY_SECTIONS, "budget"}
        assert set(of_indicator) <= {*INDICATOR_SECTIONS, "realisation", "budget", "quarter_targets"}


def test_an_unknown_paper_year_or_quarter_is_refused(make_agency) -> None:
    agency = make_agency()
    with pytest.raises(IkuError, match="Naskah 'laporan' tidak dikenal; pilih plan, agreement, report, evaluation"):
        open_sections(agency, 2021, "laporan")
    with pytest.raises(IkuError, match="Tahun 2030"):
        open_sections(agency, 2030, "plan")
    with pytest.raises(IkuError, match="1 sampai 4"):
        open_sections(agency, 2021, "report", 0)
