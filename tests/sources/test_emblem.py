"""An emblem is a picture, whatever the file would like to be: shown whole, or refused by name."""

import io
import os
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

from iku_analysis import DataError, load_agency
from iku_analysis.problems import Problem
from iku_analysis.sources.drawing import SHAPES, read_drawing
from iku_analysis.sources.emblem import Emblem, read_emblem

OPEN, CLOSE = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">',
    "</svg>",
)
SHAPE = '<path d="M0 0h9v9z"/>'
ATTACKS = {  # what stands in the drawing: what the refusal names
    "<script>alert(1)</script>": "<script>",
    '<script href="http://a.invalid/x.js"/>': "<script>",
    '<g onload="alert(1)"/>': "onload: alert(1)",
    '<path d="M0 0" onclick=""/>': "onclick: -",
    "<style>path{stroke-width:1e30}</style>": "style: 1e30",
    '<path d="M0 0" onclick="x"/>': "onclick: x",
    '<image href="http://a.invalid/x.png"/>': "<image>",
    '<image href="data:image/png;base64,AAAA"/>': "<image>",
    '<use href="http://a.invalid/x.svg#a"/>': "href: http://a.invalid/x.svg#a",
    '<use xlink:href="//a.invalid/x.svg#a"/>': "href: //a.invalid/x.svg#a",
    '<use href="lain.svg#a"/>': "href: lain.svg#a",
    '<use href="file:///etc/passwd"/>': "href: file:///etc/passwd",
    '<a href="#x"><path d="M0 0"/></a>': "<a>",
    '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>': "<foreignObject>",
    '<path fill="url(http://a.invalid/#x)" d="M0 0"/>': "fill: url(http://a.invalid/#x)",
    '<path style="fill:URL( \'http://a.invalid\' )" d="M0 0"/>': "style: fill:URL( 'http://a.invalid' )",
    '<path style="fill:u\\72l(x)" d="M0 0"/>': "style: fill:u\\72l(x)",
    "<style>@import 'http://a.invalid/x.css';</style>": "style: @import 'http://a.invalid/x.css';",
    "<style>path{fill:url(x.svg#a)}</style>": "style: path{fill:url(x.svg#a)}",
    "<style>@font-face{src:url(#x)}</style>": "style: @font-face{src:url(#x)}",
    '<text x="1" y="1">Dinas</text>': "<text>",
    '<filter id="a"/>': "<filter>",
    "<animate/>": "<animate>",
    '<set attributeName="href" to="javascript:alert(1)"/>': "<set>",
    "<iframe/>": "<iframe>",
}


def refused(path: Path, content: bytes | str) -> Problem:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    emblem, problems = read_emblem(path, path.name)
    assert emblem is None
    assert {problem.file for problem in problems} == {path.name}
    return problems[0]


def read(path: Path, content: bytes | str) -> Emblem:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    emblem, problems = read_emblem(path, path.name)
    assert emblem is not None, problems
    return emblem


def picture(
    size: tuple[int, int] = (40, 50), kind: str = "PNG", mode: str = "RGB", colour: Any = 60, **more: Any
) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size, colour).save(made, kind, **more)
    return made.getvalue()


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_drawing_that_acts_or_calls_is_refused_by_what_it_holds(attack: str, tmp_path: Path) -> None:
    for inside in (SHAPE + attack, f"<g><g>{attack}</g></g>{SHAPE}"):
        problem = refused(tmp_path / "lambang.svg", OPEN + inside + CLOSE)
        assert problem.found == ATTACKS[attack]
        assert problem.expected == "SVG dari bentuk saja: tanpa skrip, alamat, teks dan gambar sisipan"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + OPEN + SHAPE + CLOSE, "<!ENTITY"),
        (OPEN + SHAPE, "XML yang rusak"),
        ("", "XML yang rusak"),
        ("<svg>" + SHAPE + "</svg>", "<svg>"),
        ("<html/>", "<html>"),
        ('<svg xmlns="http://www.w3.org/2000/svg">' + SHAPE + "</svg>", "ukuran yang tidak jelas: viewBox"),
        (OPEN.replace("0 0 9 9", "0 0 0 9") + SHAPE + CLOSE, "ukuran yang tidak jelas: viewBox"),
        (OPEN.replace("0 0 9 9", "0 0 1 100000") + SHAPE + CLOSE, "ukuran 1 x 100000"),
        (OPEN.replace("0 0 9 9", "0 0 1e99 1") + SHAPE + CLOSE, "viewBox: 1e99"),
        (OPEN + CLOSE, "gambar kosong"),
        (OPEN + '<path d="omong kosong"/>' + CLOSE, "gambar kosong"),
        (OPEN + "<g>" * 100 + SHAPE + "</g>" * 100 + CLOSE, "lebih dari 60 tingkat"),
        (OPEN + "<g>" * 50_000 + "</g>" * 50_000 + CLOSE, "lebih dari 60 tingkat"),
        (OPEN + '<g id="a"><use href="#a"/></g>' + CLOSE, "lebih dari 20000 bagian"),
        (OPEN + '<circle r="1e30"/>' + CLOSE, "r: 1e30"),
        (OPEN + '<path d="M0 0L1000001,-2z"/>' + CLOSE, "d: 1000001"),
        (OPEN + '<path d="M0 0L-1e999 0z"/>' + CLOSE, "d: -1e99"),
        (OPEN + f'<path d="{"M0 0" * 50_001}"/>' + CLOSE, "d: teks 200001 huruf atau lebih"),
        (OPEN + '<clipPath id="a"/>' * 201 + CLOSE, "lebih dari 20000 bagian"),
        (OPEN + SHAPE * 20_001 + CLOSE, "lebih dari 20000 bagian"),
    ],
    ids=lambda text: text[-24:],
)
def test_what_is_no_drawing_or_one_too_large_is_refused(text: str, found: str, tmp_path: Path) -> None:
    assert refused(tmp_path / "lambang.svg", text).found.startswith(found)


@pytest.mark.parametrize("call", ['<use href="#{0}"/>', '<path clip-path="url(#{0})" d="M0 0h9v9z"/>'])
def test_a_drawing_that_repeats_itself_without_end_is_refused(call: str, tmp_path: Path) -> None:
    """Ten of ten of ten ...: a kilobyte that would draw a billion pieces."""
    kind = "clipPath" if "clip" in call else "g"
    levels = [f'<{kind} id="a0">{SHAPE}</{kind}>']
    levels += [f'<{kind} id="a{level}">{call.format(f"a{level - 1}") * 10}</{kind}>' for level in range(1, 10)]
    text = f"{OPEN}<defs>{''.join(levels)}</defs>{call.format('a9')}{CLOSE}"
    assert refused(tmp_path / "lambang.svg", text).found == "lebih dari 20000 bagian"
    rules = re.sub(r' clip-path="url\(#(a\d)\)"', r' class="\1"', text)
    sheet = "".join(f".a{level}{{clip-path:url(#a{level})}}" for level in range(10))
    assert refused(tmp_path / "lambang.svg", rules.replace("<defs>", f"<style>{sheet}</style><defs>")).found == (
        "lebih dari 20000 bagian"
    )


def test_a_drawing_keeps_its_shapes_and_nothing_else(tmp_path: Path) -> None:
    text = (
        '<?xml version="1.0"?><?xml-stylesheet href="http://a.invalid/x.css"?>\n'
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:i="http://www.inkscape.org/" width="80px" height="60" i:version="1"><!-- http://a.invalid -->'
        '<metadata><i:x href="http://a.invalid"/></metadata><title>rahasia</title><i:namedview/>'
        '<style>.a{fill:url(#w)}</style><defs><linearGradient id="w"><stop stop-color="#00f"/></linearGradient>'
        '<path id="p" data-name="Lapis 1234567890" d="M0 0h80v30H0z"/></defs><use xlink:href="#p" class="a"/></svg>'
    )
    emblem = read(tmp_path / "lambang.svg", text)
    root = ElementTree.fromstring(emblem.svg)  # noqa: S314
    assert {each.tag.partition("}")[2] for each in root.iter()} <= SHAPES
    assert root.attrib == {"viewBox": "0 0 80 60"}
    assert not re.search(r"invalid|rahasia|Lapis|xlink|inkscape", emblem.svg)
    assert read_drawing(emblem.svg) == (emblem.svg, []), "what is kept is read again as it is"
    with Image.open(io.BytesIO(emblem.png)) as drawn:
        assert drawn.size == (1000, 375), "80 x 30 of the page is drawn upon"
        assert drawn.getpixel((500, 100)) == (0, 0, 255, 255)
    assert read(tmp_path / "lambang.svg", text) == emblem, "the same bytes each time"


def test_a_picture_is_made_anew_from_its_pixels(tmp_path: Path) -> None:
    """A JPEG of a press (CMYK), lying on its side, with a note in it: upright, in colours of a screen, without it."""
    sideways = Image.Exif()
    sideways[0x0112], sideways[0x010E] = 6, "rahasia"
    content = picture((60, 20), "JPEG", "CMYK", exif=sideways, comment=b"rahasia")
    emblem = read(tmp_path / "lambang.jpg", content)
    with Image.open(io.BytesIO(emblem.png)) as made:
        assert (made.format, made.mode, made.size) == ("PNG", "RGBA", (20, 60))
    assert emblem.svg == ""
    assert b"rahasia" in content and b"rahasia" not in emblem.png
    with Image.open(io.BytesIO(read(tmp_path / "a.png", picture((2000, 1500))).png)) as made:
        assert made.size == (1000, 750), "no larger than is printed"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (picture((4001, 1001)), "4001 x 1001 piksel"),
        (picture((401, 100)), "401 x 100 piksel"),
        (picture()[:60], "berkas yang tidak dapat dibuka"),
        (picture(kind="JPEG")[:200], "berkas yang tidak dapat dibuka"),
        (picture(kind="GIF"), "berkas yang tidak dapat dibuka"),
        (b"", "berkas yang tidak dapat dibuka"),
        (b"MZ" * 100, "berkas yang tidak dapat dibuka"),
        ((OPEN + SHAPE + CLOSE).encode(), "berkas yang tidak dapat dibuka"),
        (picture(mode="RGBA", colour=(9, 9, 9, 0)), "gambar kosong"),
    ],
)
def test_what_is_no_picture_or_one_too_large_is_refused(content: bytes, found: str, tmp_path: Path) -> None:
    assert refused(tmp_path / "lambang.png", content).found.startswith(found)


@pytest.mark.parametrize("name", ["lambang.png", "lambang.jpg", "lambang.svg"])
def test_an_emblem_of_40_megabytes_is_refused_unopened(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        os.truncate(file.fileno(), 40_000_000)
    for way in ("open", "read_bytes", "read_text"):
        monkeypatch.setattr(Path, way, lambda *_args, **_more: pytest.fail("opened"))
    emblem, problems = read_emblem(path, name)
    assert emblem is None
    assert [(each.file, each.found, each.expected) for each in problems] == [
        (name, "40000 kB", "paling banyak 1000 kB"),
    ]


def test_an_agency_is_not_read_with_a_faulty_emblem(make_root) -> None:  # type: ignore[no-untyped-def]
    root = make_root()
    (root / "identity.toml").write_text('emblem = "lambang.svg"\n')
    (root / "lambang.svg").write_text(OPEN + "<script/><text/>" + SHAPE + CLOSE)
    with pytest.raises(DataError) as caught:
        load_agency(root)
    assert [(each.file, each.found) for each in caught.value.problems] == [
        ("lambang.svg", "<script>"),
        ("lambang.svg", "<text>"),
    ]
