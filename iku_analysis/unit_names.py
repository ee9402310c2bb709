"""The units in which many agencies count, and their names in each language."""

from functools import cache

from iku_analysis.language import _, in_language


@cache
def common_units(language: str) -> dict[str, str]:
    """Return the units that many agencies have, as a language names them."""
    with in_language(language):
        return {
            "angka": _("angka"),
            "desa": _("desa"),
            "dokumen": _("dokumen"),
            "guru": _("guru"),
            "hari": _("hari"),
            "indeks": _("indeks"),
            "jam": _("jam"),
            "jiwa": _("jiwa"),
            "kasus": _("kasus"),
            "kecamatan": _("kecamatan"),
            "kegiatan": _("kegiatan"),
            "keluarga": _("keluarga"),
            "kelurahan": _("kelurahan"),
            "koperasi": _("koperasi"),
            "lembaga": _("lembaga"),
            "menit": _("menit"),
            "nilai": _("nilai"),
            "orang": _("orang"),
            "pasar": _("pasar"),
            "pelaku usaha": _("pelaku usaha"),
            "pengaduan": _("pengaduan"),
            "perangkat daerah": _("perangkat daerah"),
            "puskesmas": _("puskesmas"),
            "rumah sakit": _("rumah sakit"),
            "rumah tangga": _("rumah tangga"),
            "sekolah": _("sekolah"),
            "siswa": _("siswa"),
            "skor": _("skor"),
            "UKM": _("UKM"),
            "UMKM": _("UMKM"),
            "usaha": _("usaha"),
            "wirausaha": _("wirausaha"),
        }
