"""A choice as the query of an address, `?indikator=uttp&dari=2018&sampai=2021`, and back."""

from urllib.parse import parse_qsl, urlencode

from iku_analysis.explorer.choice import MOST_LETTERS, Choice, texts_of
from iku_analysis.language import _

WORDS = {
    "indikator": "indicator_id",
    "dari": "from_year",
    "sampai": "to_year",
    "periode": "grain",
    "wilayah": "area",
    "banding": "beside",
    "proksi": "proxies",
}
LEFT_OUT = {"grain": "tahun", "area": "", "beside": "", "proxies": "ya"}  # what is so where nothing else is said


def write_address(choice: Choice) -> str:
    """Return a choice as a query, with its question mark."""
    texts = {word: texts_of(choice)[name] for word, name in WORDS.items()}
    return "?" + urlencode({word: text for word, text in texts.items() if LEFT_OUT.get(WORDS[word]) != text})


def read_address(query: str) -> tuple[dict[str, str], list[str]]:
    """Return what a query asks for, as `settle` takes it, and a sentence for each word of it that means nothing."""
    wanted, said = dict[str, str](), list[str]()
    for word, text in parse_qsl(query.removeprefix("?"), keep_blank_values=True):
        if word in WORDS:
            wanted[WORDS[word]] = text
        else:
            said.append(_('Alamat memuat "{word}", yang tidak dikenal di sini.', word=word[:MOST_LETTERS]))
    return wanted, said
