"""Seconds to write the form of a year for 500 indicators, made of those of the example over and over, in memory.

Everything is invented. Usage: python benchmarks/form.py
"""

import time
from dataclasses import replace

import pandas as pd

import iku_analysis as iku
from iku_analysis.agency.load import Agency
from iku_analysis.agency.worded import Worded
from iku_analysis.documents.form import write_form

INDICATORS = 500


def many_indicators() -> Agency:
    """Return the example with its indicators of 2021, their targets and their figures over and over."""
    agency = iku.load_agency("data/example")
    targets = agency.targets[(agency.targets["year"] == 2021) & agency.targets["targeted"]]
    ids = list(targets["indicator_id"])

    def repeat(frame: pd.DataFrame) -> pd.DataFrame:
        of_id = dict(list(frame.groupby("indicator_id")))
        copies = [of_id[ids[number % len(ids)]].assign(indicator_id=f"iku_{number}") for number in range(INDICATORS)]
        return pd.concat(copies, ignore_index=True)

    def many(worded: Worded) -> Worded:
        indicators = repeat(worded.indicators).assign(number=range(1, INDICATORS + 1))
        (decree,) = worded.decrees
        return replace(worded, decrees=[replace(decree, indicators=indicators)], indicators=indicators)

    return agency.reworded(
        many,
        targets=repeat(agency.targets),
        realisations=repeat(agency.realisations),
        figures=repeat(agency.figures),
    )


if __name__ == "__main__":
    agency = many_indicators()
    write_form(iku.load_agency("data/example"), 2021)  # loads the libraries
    start = time.perf_counter()
    content = write_form(agency, 2021)
    print(f"form of {INDICATORS} indicators: {time.perf_counter() - start:.2f} s, {len(content) / 1e6:.1f} MB")
