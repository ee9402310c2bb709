"""Rows of a table that are totals of others: held against their parts, and never counted with them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from iku_analysis.indonesian import format_number
from iku_analysis.language import _
from iku_analysis.sources.account import Account, shorten, span
from iku_analysis.sources.input_files import NUMBERS
from iku_analysis.sources.limits import MOST_ROWS
from iku_analysis.sources.rows import Row, decimals, quote

TOTAL = r"(?:sub\s*+-?\s*+)?(?:grand\s++)?(?:jumlah|total|jml)\b\.?"
# In any column the word alone; a programme that begins with it is a total too: TOTAL BELANJA.
NAMED = re.compile(
    rf"(?:{TOTAL}(?:\s++(?:total|keseluruhan|seluruhnya|semua|umum))?|rata\s*+-?\s*+rata|mean|average)\s*[:.]?"
)
PROGRAMME = re.compile(rf"{TOTAL}.*", re.DOTALL)
WORDS = re.compile("jumlah|total|jml|rata|mean|average")  # of which each total has one
MEAN = re.compile(r"rata|mean|average")
# A row within the one above it, as activities stand below their programme.
WITHIN = re.compile(r"\s*[-–•*·▪]+\s*\S.*|\s{2,}\S.*|\t.*", re.DOTALL)
ACTIVITY = re.compile(r"\s*+(?:sub\s*+-?\s*+)?(?:kegiatan|activity)\b.*", re.IGNORECASE | re.DOTALL)
NOT_A_TOTAL = ("bukan jumlah", "not a total")
KEYS = ("indicator", "period", "area", "breakdown")
MOST_CHANCE = 5  # significant digits by which one row is the sum of others hardly by chance
MOST_TOTALS = MOST_PARTS = 1000  # of a table, of a group; what is more is no table that somebody wrote
PRECISION = Decimal("1e-9")  # of sums that a sheet computes


def names_total(cells: Sequence[str], names: Sequence[str | None]) -> bool:
    """Tell whether a row is named as a total (or a mean) in one of its columns that hold no numbers."""
    whole = " ".join(cells).casefold()
    if not WORDS.search(whole) or any(word in whole for word in NOT_A_TOTAL):
        return False
    for name, cell in zip(names, cells, strict=False):
        if name in NUMBERS or name in ("note", "source") or not cell:
            continue
        word = cell.strip().casefold()
        if NAMED.fullmatch(word) or (name == "programme" and PROGRAMME.fullmatch(word)):
            return True
    return False


def take_totals(rows: Iterator[Row], totals: set[int], names: Sequence[str | None], account: Account) -> Iterator[Row]:
    """Yield the rows of a table that are no total of others; totals are checked, and named in the account."""
    if not totals and "budget" not in names:
        yield from rows
        return
    every = list(rows)
    parts = [row for row in every if row.number not in totals]
    if "budget" in names:
        parts = _without_groups(parts, account)
    last = 0
    for row in [row for row in every if row.number in totals][:MOST_TOTALS]:
        _check_total(row, parts, last, min((each for each in totals if each > row.number), default=MOST_ROWS), account)
        last = row.number
    yield from parts


def _check_total(row: Row, parts: list[Row], last: int, following: int, account: Account) -> None:
    """Hold a total against the parts since the last total, all above it, or (where none are) those below."""
    columns = [column for column in NUMBERS if not row.is_missing(column)]
    if not columns:
        account.leave_out(row.file, [row.number], _name(row), "footer")
        return
    if row.peek("denominator") is not None:
        columns = [column for column in columns if column != "value"]  # the ratio of the two, not a sum
    kind = "mean" if any(MEAN.match(row.text(column).casefold()) for column in (*KEYS, "programme")) else "total"
    stated = {column: row.number_of(column) for column in columns}
    if None in stated.values():
        return
    own = [part for part in parts if _belongs(part, row)]
    own = [part for part in own if row.period_or_none() in ("", part.period_or_none())] or own
    above = [part for part in own if part.number < row.number]
    below = [] if above else [part for part in own if row.number < part.number < following]
    choices = [each for each in ([part for part in above if part.number > last], above, below) if each]
    for choice in choices:
        if all(_agree(stated[column], _combine(choice, column, kind), kind) for column in columns):
            account.leave_out(row.file, [row.number], _name(row), kind, parts=_rows_in(choice))
            return
    for column in columns:
        total = _combine(choices[0], column, kind) if choices else None
        if not _agree(stated[column], total, kind):
            expected = _("baris-baris yang dijumlahkan, di atasnya")
            if total is not None:
                rows = _("baris {rows}", rows=_rows_in(choices[0]))
                word = _("rata-rata") if kind == "mean" else _("jumlah")
                expected = f"{format_number(total, 6)}, {word} {rows}"
            row.refuse(column, quote(row.text(column)), expected, _how_to_mend())


def _how_to_mend() -> str:
    return _("Periksa baris ini dan bagian-bagiannya: ada yang kurang, ganda atau salah ketik.")


def _name(row: Row) -> str:
    return next((row.text(column) for column in ("programme", *KEYS) if not row.is_missing(column)), "")


def _belongs(part: Row, total: Row) -> bool:
    """Tell whether a row is meant by a total that may name an indicator, a period or an area of its own."""
    return part.period_or_none().startswith(total.period_or_none()) and all(
        total.is_missing(key)
        or NAMED.fullmatch(total.text(key).casefold())
        or total.text(key).casefold() == part.text(key).casefold()
        for key in KEYS
        if key != "period"
    )


def _combine(rows: Iterable[Row], column: str, kind: str = "total") -> Decimal | None:
    known = [number for number in (row.peek(column) for row in rows) if number is not None]
    total = sum(known, Decimal(0))
    return None if not known else total / len(known) if kind == "mean" else total


def _agree(stated: Decimal | None, computed: Decimal | None, kind: str = "total") -> bool:
    """Tell whether a total is its parts' to the last digit, a mean as far as it is written."""
    if stated is None or computed is None:
        return False
    rounding = Decimal(5).scaleb(-decimals(stated) - 1) if kind == "mean" else Decimal(0)
    return abs(stated - computed) <= max(rounding, PRECISION * abs(computed))


def _rows_in(rows: Sequence[Row]) -> str:
    return span(row.number for row in rows)


def _without_groups(rows: list[Row], account: Account) -> list[Row]:
    """Return budget rows without those that repeat others: activities below their programme, unnamed totals."""
    dropped: set[int] = set()
    by_period: dict[str, list[Row]] = {}
    for row in rows:
        by_period.setdefault(row.text("period").casefold(), []).append(row)
    for of_period in by_period.values():
        for place in reversed(range(len(of_period))):  # innermost groups first
            if of_period[place].number not in dropped:
                dropped |= {row.number for row in _group_at(of_period, place, dropped, account)}
    return [row for row in rows if row.number not in dropped]


def _group_at(rows: list[Row], place: int, dropped: set[int], account: Account) -> list[Row]:
    """Return the rows that repeat others where one row is the sum of those below or above it."""
    head = rows[place]
    following = (row for row in rows[place + 1 : place + 1 + MOST_PARTS] if row.number not in dropped)
    below = list(following)
    is_own = any(word in head.text("note").casefold() for word in NOT_A_TOTAL)
    for pattern in (WITHIN, ACTIVITY):
        run = list(takewhile(lambda row: pattern.fullmatch(row.cells["programme"]), below))  # noqa: B023
        if run and not pattern.fullmatch(head.cells["programme"]):
            if _is_sum(head, run):
                return _drop(head, run, account)
            if not is_own:
                _refuse_mismatch(head, run)
                return []
    if is_own:
        return []
    above = [row for row in rows[max(0, place - MOST_PARTS) : place] if row.number not in dropped]
    for run in (_reach(head, below), _reach(head, above[::-1])[::-1]):
        if len(run) > 1 and _is_sum(head, run) and _hardly_by_chance(head):
            account.leave_out(head.file, [head.number], _name(head), "equal", parts=_rows_in(run))
            return [head]
    return []


def _reach(head: Row, rows: list[Row]) -> list[Row]:
    """Return the rows from the first on whose budgets together are the head's, or none."""
    budget, total = head.peek("budget"), Decimal(0)
    for count, row in enumerate(rows, start=1):
        total += row.peek("budget") or 0
        if budget is None or total > budget:
            break
        if total == budget > 0:
            return rows[:count]
    return []


def _is_sum(head: Row, parts: list[Row]) -> bool:
    """Tell whether parts make up the budget of a row, and its spending as far as it is known."""
    columns = [column for column in ("budget", "realised") if head.peek(column) is not None]
    return bool(columns) and all(_agree(head.peek(column), _combine(parts, column)) for column in columns)


def _hardly_by_chance(head: Row) -> bool:
    """Tell whether a sum that nobody named can be no accident: by its spending too, or by its many digits."""
    budget, realised = head.peek("budget"), head.peek("realised")
    return bool(realised) or (budget is not None and len(budget.normalize().as_tuple().digits) >= MOST_CHANCE)


def _refuse_mismatch(head: Row, parts: list[Row]) -> None:
    """Refuse a programme that the activities below it contradict."""
    if any(row.peek("budget") is None for row in (head, *parts)):
        return  # each is refused by itself
    for column in ("budget", "realised"):
        total = _combine(parts, column)
        if head.peek(column) is not None and not _agree(head.peek(column), total):
            value = "-" if total is None else format_number(total)
            expected = _("{value}, jumlah baris {rows} di bawahnya", value=value, rows=_rows_in(parts))
            head.refuse(column, quote(head.text(column)), expected, _how_to_mend())


def _drop(head: Row, parts: list[Row], account: Account) -> list[Row]:
    """Return what is not counted: the parts, unless they tell more about indicators than the row above them."""
    indicators = {row.text("indicator").casefold() for row in parts if not row.is_missing("indicator")}
    if indicators <= {head.text("indicator").casefold()}:
        names, numbers = ", ".join(map(_name, parts)), (row.number for row in parts)
        account.leave_out(head.file, numbers, shorten(names), "within", parts=_rows_in([head]))
        return parts
    account.leave_out(head.file, [head.number], _name(head), "total", parts=_rows_in(parts))
    return [head]
