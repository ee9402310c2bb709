"""What a notebook says of the indicator it reads: which one, how to choose another, and where its subject fails."""

from iku_analysis.agency.load import Agency
from iku_analysis.analysis.choosing import Subject, fits
from iku_analysis.display.markdown import Markdown, say, sentences


def describe_choice(agency: Agency, indicator_id: str, year: int, *, subject: Subject) -> Markdown:
    """Return which indicator is read, and why the subject of a notebook does not apply where it does not."""
    indicators = agency.decree(year).indicators
    others = ", ".join(each for each in indicators["indicator_id"] if each != indicator_id)
    said = [say("Yang dibaca: **{label}**.", label=agency.indicator(indicator_id, year)["label"])]
    if not fits(agency, indicator_id, year, subject):
        said.append(_why_not(subject))
    if others:
        said.append(say("Indikator lain (parameter indicator_id): {others}.", others=others))
    return sentences(*said)


def _why_not(subject: Subject) -> Markdown:
    return {
        "growth": say("Pertumbuhan tidak berlaku: belum ada angkanya, atau angkanya tidak dapat dijumlahkan."),
        "coverage": say(
            "Cakupan tidak berlaku: makin rendah makin baik, atau belum ada angka dengan pembilang dan penyebut."
        ),
        "areas": say("Perbandingan wilayah tidak berlaku: belum ada jumlah menurut wilayah."),
    }[subject]
