"""What a decree leaves unsaid is said to be so, and no sentence has a gap."""

from dataclasses import replace

from iku_analysis import load_agency, narrative
from iku_analysis.display.words import holder_words


def test_a_decree_without_definitions_and_holders() -> None:
    agency = load_agency("data/example-village")
    bare = replace(agency, indicators=agency.indicators.assign(definition="", holder="", ask=""))
    first = agency.indicators["indicator_id"].iloc[0]
    assert narrative.describe_meaning(bare, first, 2021) == "*Keputusan tidak memuat definisi operasionalnya.*"
    assert "Surat yang selesai" in narrative.describe_meaning(agency, first, 2021)
    assert holder_words("", "") == "belum disebut"
    assert holder_words("", "rekap") == "belum disebut. Yang diminta: rekap"
