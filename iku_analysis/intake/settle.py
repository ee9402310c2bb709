"""Records of a file held against each other: twice told, fractions, running totals; and its targets."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from iku_analysis.indonesian import format_period, is_percent
from iku_analysis.intake.names import Known
from iku_analysis.intake.reading import Reading, Record
from iku_analysis.intake.settle_sizes import AS_IS, number_in, settle_far, settle_indexes
from iku_analysis.intake.settle_targets import LEAVE_OUT, settle_targets
from iku_analysis.intake.when import ends
from iku_analysis.language import _
from iku_analysis.sources.amounts import as_written
from iku_analysis.sources.rows import quote

FIGURES = ("value", "numerator", "denominator", "target", "budget", "realised")
PARTED = "selisih"
ALONE = "periode itu saja"
TIMES = "kali 100"


def settle_records(reading: Reading, known: Known) -> None:
    """Settle what only all records of a file together tell; what stays open is asked, what contradicts refused."""
    for record in reading.records:
        if record.folder == "budget" and not record.cells.get("budget"):
            why = _("realisasi anggaran tanpa pagu di periode yang sama: tidak dipakai")
            reading.leave(record.sheet, record.cell, record.cells.get("realised", ""), why)
        if not _is_named(record):
            mend = _("Isi indikatornya, atau hapus barisnya.")
            found = _("angka tanpa indikator: {words}", words=quote(_figures(record)))
            expected = _("indikator di baris yang sama")
            reading.refuse(record.sheet, record.row, record.column, found, expected, mend)
    reading.records = [
        each for each in reading.records if (each.cells.get("budget") if each.folder == "budget" else _is_named(each))
    ]
    reading.records = list(_once(reading))
    _settle_fractions(reading, known)
    settle_indexes(reading, known)
    settle_far(reading, known)
    _settle_running(reading, known)
    settle_targets(reading, known)


def _figures(record: Record) -> str:
    return " / ".join(record.cells[name] for name in FIGURES if record.cells.get(name))


def _is_named(record: Record) -> bool:
    return bool(record.cells["indicator"]) or record.folder not in ("realisations", "targets")


def _once(reading: Reading) -> Iterable[Record]:
    """Yield each record once: told twice alike it is left out the second time, told differently it is refused."""
    first: dict[tuple[str, ...], Record] = {}
    for record in reading.records:
        other = first.setdefault(record.key, record)
        if other is record:
            yield record
            continue
        figures = [{name: each.cells[name] for name in FIGURES if each.cells.get(name)} for each in (other, record)]
        place = f"[{other.sheet}] {other.cell}".replace("[] ", "")
        if figures[0] == figures[1]:
            reading.leave(
                record.sheet, record.cell, " ".join(figures[1].values()), _("sama dengan {place}", place=place)
            )
            continue
        found = _figures(record)
        expected = _("{value}, seperti di {place}", value=_figures(other), place=place)
        mend = _("Dua angka untuk {what}: hapus atau perbaiki salah satunya.", what=describe(record))
        reading.refuse(record.sheet, record.row, record.column, quote(found), expected, mend)


def describe(record: Record) -> str:
    """Return what a record is about in a line: `nik 2022-Q1 Jakarta Pusat`."""
    names = ("programme", "series", "indicator", "period", "area", "breakdown")
    return " ".join(filter(None, (record.cells.get(name, "") for name in names)))


def _settle_fractions(reading: Reading, known: Known) -> None:
    """Ask about percentages that are all told as fractions (0,86) without a percent sign."""
    of_indicator: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, record in enumerate(reading.records):
        name = "target" if record.folder == "targets" else "value"
        indicator_id = record.cells["indicator"]
        if record.folder in ("realisations", "targets") and record.cells.get(name) and indicator_id:
            facts = known.facts[indicator_id]
            if is_percent(facts.unit) and facts.lower_bound >= 0:
                of_indicator[indicator_id, name].append(place)
    for (indicator_id, name), places in of_indicator.items():
        records = [reading.records[place] for place in places]
        numbers = [number_in(record, name, reading.number_format) for record in records]
        told = [number for number in numbers if number is not None]
        if any(record.cells[name].endswith("%") for record in records) or not told or not any(told):
            continue
        if not all(0 <= number <= 1 for number in told):
            continue
        wanted = [known.decided.get((indicator_id, record.cells["period"][:4])) for record in records]
        pairs = zip(numbers, wanted, strict=True)
        if all(target is not None and 10 * (number or 0) >= target.number for number, target in pairs):
            continue  # of the size of their targets, which the reader of tidy files takes as they are too
        shown = ", ".join(record.cells[name] for record in records[:4])
        question = _(
            "{indicator} dalam persen, di berkas {shown}: kalikan 100, atau apa adanya?",
            indicator=indicator_id,
            shown=shown,
        )
        answer = reading.ask(f"pecahan {indicator_id}", records[0].sheet, question, [TIMES, AS_IS])
        for place, number in zip(places, numbers, strict=True):
            if answer and number is not None:
                written = as_written(100 * number if answer == TIMES else number, reading.number_format)
                cells = reading.records[place].cells | {name: written if answer == TIMES else f"{written}%"}
                reading.records[place] = reading.records[place]._replace(cells=cells)


def _settle_running(reading: Reading, known: Known) -> None:
    """Take running totals apart, where the figures of periods are summed and the office says so; else ask."""
    _settle_since_begin(reading, known)
    _in_months(reading)
    series: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, record in enumerate(reading.records):
        if record.running and record.folder == "realisations" and "-" in record.cells["period"]:
            series[*_about(record), record.cells["period"][:6]].append(place)
    for (indicator_id, *_others, _year), places in series.items():
        if not known.adds(indicator_id):
            continue
        places.sort(key=lambda place: reading.records[place].cells["period"])
        records = [reading.records[place] for place in places]
        if _told_apart(records, reading):
            for place in places:
                reading.records[place] = reading.records[place]._replace(folder="")
            continue
        shown = ", ".join(record.cells.get("value", "") for record in records)
        question = _(
            "{indicator}: {shown} adalah jumlah berjalan (s.d.). Ambil selisihnya sebagai angka tiap periode?",
            indicator=indicator_id,
            shown=shown,
        )
        answer = reading.ask(f"jumlah berjalan {indicator_id}", records[0].sheet, question, [PARTED, LEAVE_OUT])
        if answer:
            _part(reading, places, taken=answer == PARTED)


def _in_months(reading: Reading) -> None:
    """Call running totals of quarters by their last months, where others of the same run to a month within one."""
    running = [record for record in reading.records if record.running]
    by_month = {(*_about(each), each.cells["period"][:4]) for each in running if each.cells["period"][5:].isdigit()}
    for place, record in enumerate(reading.records):
        year, _dash, part = record.cells["period"].partition("-")
        if record.running and part.startswith("Q") and (*_about(record), year) in by_month:
            reading.records[place] = record._replace(cells=record.cells | {"period": f"{year}-{ends(part):02d}"})


def _told_apart(records: list[Record], reading: Reading) -> bool:
    """Tell whether each period of running totals stands beside them too; then each total is held against those."""
    own = _about(records[0])
    single = {
        record.cells["period"]: number_in(record, "value", reading.number_format) or Decimal(0)
        for record in reading.records
        if record.folder == "realisations" and not record.running and _about(record) == own
    }
    made = []
    for record in records:
        ways = _parts_until(*record.cells["period"].split("-"))
        wanted = next((periods for periods in ways if set(periods) <= set(single)), None)
        if wanted is None:
            return False
        made.append(sum((single[period] for period in wanted), Decimal(0)))
    for record, total in zip(records, made, strict=True):
        if number_in(record, "value", reading.number_format) == total:
            reading.leave(
                record.sheet, record.cell, record.cells["value"], _("jumlah berjalan dari periode di sampingnya")
            )
            continue
        expected = _("{value}, jumlah periode di sampingnya", value=as_written(total, reading.number_format))
        mend = _("Periksa angka-angka di baris ini.")
        reading.refuse(record.sheet, record.row, record.column, quote(record.cells["value"]), expected, mend)
    return True


def _parts_until(year: str, part: str) -> Iterator[list[str]]:
    """Yield the semesters, the quarters and the months of a year up to the end of a part, as far as they reach it."""
    last = ends(part)
    for kind, months in (("S", 6), ("Q", 3), ("", 1)):
        if last % months == 0:
            yield [f"{year}-{kind}{number:0{2 - len(kind)}d}" for number in range(1, last // months + 1)]


def _about(record: Record) -> tuple[str, ...]:
    return tuple(record.cells.get(name, "") for name in ("indicator", "area", "breakdown", "basis"))


def _settle_since_begin(reading: Reading, known: Known) -> None:
    """Ask about running totals that no year bounds, `s.d. 2021`, and of money: they may be more than their period's."""
    for place, record in enumerate(reading.records):
        indicator_id, period = record.cells["indicator"], record.cells["period"]
        sums = record.folder == "realisations" and "-" not in period and known.adds(indicator_id)
        if not record.running or not (sums or record.folder == "budget"):
            continue
        what = _("anggaran") if record.folder == "budget" else indicator_id
        question = _(
            "{what} {period}: judulnya menyebut s.d. Angka {period} itu saja, atau jumlah sejak sebelumnya?",
            what=what,
            period=format_period(period),
        )
        answer = reading.ask(f"s.d. {what}", record.sheet, question, [ALONE, LEAVE_OUT])
        if answer == LEAVE_OUT:
            text = next(record.cells[name] for name in FIGURES if record.cells.get(name))
            reading.leave(record.sheet, record.cell, text, _("jumlah berjalan, dilewati menurut jawaban"))
            reading.records[place] = record._replace(folder="")
    reading.records = [record for record in reading.records if record.folder]


def _part(reading: Reading, places: list[int], *, taken: bool) -> None:
    """Replace running totals by what each adds to the one before, from the first part of the year on."""
    before, expected = Decimal(0), 1
    for place in places:
        record = reading.records[place]
        number = number_in(record, "value", reading.number_format)
        part = record.cells["period"][5:].lstrip("QS")
        if not taken or number is None:
            reading.leave(
                record.sheet, record.cell, record.cells.get("value", ""), _("jumlah berjalan, dilewati menurut jawaban")
            )
            reading.records[place] = record._replace(folder="")
            continue
        if int(part) != expected or number < before:
            mend = _("Lengkapi semua periode sejak awal tahun, atau tulis angka tiap periode.")
            found = quote(record.cells["value"])
            wanted = _("jumlah berjalan yang lengkap sejak awal tahun dan tidak turun")
            reading.refuse(record.sheet, record.row, record.column, found, wanted, mend)
            return
        cells = record.cells | {"value": as_written(number - before, reading.number_format)}
        cells["note"] = "; ".join(filter(None, (cells.get("note", ""), _("selisih, bukan jumlah berjalan"))))
        reading.records[place] = record._replace(cells=cells)
        before, expected = number, expected + 1
