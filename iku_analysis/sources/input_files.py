"""The tables that an office hands in: their columns, what each means, which must be there.

Readers, messages, the form and the documentation all take them from here.
"""

from dataclasses import dataclass

WORDS = {  # English, Indonesian: the two ways to write a heading
    "indicator": "indikator",
    "period": "periode",
    "value": "nilai",
    "numerator": "pembilang",
    "denominator": "penyebut",
    "area": "wilayah",
    "breakdown": "rincian",
    "basis": "basis",
    "status": "status",
    "source": "sumber",
    "note": "keterangan",
    "series": "deret",
    "unit": "satuan",
    "kind": "jenis",
    "count": "jumlah",
    "valid_months": "berlaku_bulan",
    "target": "target",
    "programme": "program",
    "budget": "anggaran",
    "realised": "realisasi",
    "definition": "definisi",
    "year": "tahun",
    "last year": "tahun lalu",
    "percentage": "persentase",
    "running": "berjalan",
    "against target": "terhadap target",
    "filled": "terisi",
    "origin": "asal",
}
FORM_WORDS = {  # what the form says instead of some of them; nothing else may
    **dict.fromkeys(("bulan", "triwulan", "semester", "month", "quarter"), "period"),
    **dict.fromkeys(("definisi operasional", "operational definition"), "definition"),
}
NUMBERS = ("value", "numerator", "denominator", "target", "count", "budget", "realised")  # columns to be summed
BESIDE = ("unit", "definition", "year", "last year")  # what the form writes beside a figure
COMPUTED = ("percentage", "running", "against target")  # what its formulas make of the figures: never read


@dataclass(frozen=True)
class Column:
    """What a column holds, in a planner's words, and whether a table must have it."""

    meaning: str
    required: bool = True


INDICATOR = Column("nama pendek, nomor, atau nama indikator seperti di keputusan")
SOURCE = Column("dokumen atau pemberi angkanya")
NOTE = Column("catatan", required=False)
ORIGIN = Column("berkas, lembar dan sel tempat angkanya berdiri, ditulis oleh `iku import`", required=False)
AREA = Column("satu dari `areas` di `policy.toml`; kosong berarti seluruh wilayah instansi", required=False)

INPUT_FILES: dict[str, dict[str, Column]] = {  # by their folder in a data root
    "realisations": {
        "indicator": INDICATOR,
        "period": Column(
            "tahun, semester, triwulan, atau bulan: "
            "`2021`, `Semester I 2021`, `2021-Q3`, `Triwulan III 2021`, `2021-08`"
        ),
        "value": Column("angkanya, tanpa satuan; kosong berarti belum ada, `0` berarti nol"),
        "numerator": Column("pembilang sebuah persentase, sebagai banyaknya", required=False),
        "denominator": Column("penyebut sebuah persentase, sebagai banyaknya", required=False),
        "area": AREA,
        "breakdown": Column("bagian selain wilayah, misalnya `jenis: timbangan`", required=False),
        "basis": Column("`resmi`, `publikasi`, atau `proksi`"),
        "status": Column("`final` atau `sementara`"),
        "source": SOURCE,
        "note": NOTE,
        "origin": ORIGIN,
    },
    "targets": {
        "indicator": INDICATOR,
        "period": Column("triwulan, misalnya `2021-Q3`; tahun hanya bila keputusan tidak memuat target"),
        "target": Column(
            "target triwulan itu, keempatnya membentuk target setahun; atau target setahun perjanjian kinerja"
        ),
        "source": Column("dokumen yang menetapkannya"),
        "note": NOTE,
        "origin": ORIGIN,
    },
    "budget": {
        "programme": Column("nama program"),
        "indicator": Column("indikator yang dilayani; kosong bila tidak satu pun"),
        "period": Column("tahun atau triwulan"),
        "budget": Column("anggaran, rupiah"),
        "realised": Column("yang sudah dibelanjakan, rupiah; kosong bila belum diketahui"),
        "source": SOURCE,
        "note": NOTE,
        "origin": ORIGIN,
    },
    "context": {
        "indicator": INDICATOR,
        "series": Column("nama deret"),
        "period": Column("tahun, triwulan, atau bulan"),
        "value": Column("angkanya"),
        "unit": Column("satuan deret"),
        "source": SOURCE,
        "note": NOTE,
        "origin": ORIGIN,
    },
    "verifications": {
        "kind": Column("jenis alat atau objek yang diperiksa"),
        "period": Column("bulan pemeriksaan, misalnya `2021-08`"),
        "count": Column("banyaknya yang diperiksa"),
        "valid_months": Column("berapa bulan berlaku sampai jatuh tempo"),
        "area": AREA,
        "source": SOURCE,
        "note": NOTE,
    },
}


def required_columns(folder: str) -> set[str]:
    """Return the columns that each table of a folder must have."""
    return {name for name, column in INPUT_FILES[folder].items() if column.required}
