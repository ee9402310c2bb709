"""What a paper says of the data it was made from: that all was read, or what was not, and why."""

from iku_analysis.agency.load import Agency
from iku_analysis.display.markdown import Markdown, bold, bullets, paragraphs, say, sentences
from iku_analysis.sources.account import LeftOut

MOST_UNDERSTOOD = 20  # notes on titles, totals and the like; what nobody has read is named in full


def describe_reading(agency: Agency) -> Markdown:
    """Return how many rows were read, what was not counted, and what of the folder nobody has read."""
    account = agency.account
    understood = [each for each in account.left_out if not each.is_unread]
    rows = sum(count for _table, count in account.tables)
    said = [say("Dari folder data terbaca {rows} baris dalam {tables} tabel.", rows=rows, tables=len(account.tables))]
    if not account.unread:
        said = [sentences(*said, say("Semua isi folder terbaca."))]
    if understood:
        said.append(say("Yang tidak dihitung:"))
        said.append(bullets(map(_describe, understood[:MOST_UNDERSTOOD])))
    if len(understood) > MOST_UNDERSTOOD:
        said.append(say("Dan {count} lagi; iku check menyebut semuanya.", count=len(understood) - MOST_UNDERSTOOD))
    if account.unread:
        said.append(bold(say("Tidak semua isi folder data dibaca:")))
        said.append(bullets(map(_describe, account.unread)))
    return paragraphs(*said)


def _describe(left_out: LeftOut) -> Markdown:
    if left_out.what:
        return say("{place} “{what}”: {reason}", place=left_out.where, what=left_out.what, reason=left_out.reason)
    return say("{place}: {reason}", place=left_out.where, reason=left_out.reason)
