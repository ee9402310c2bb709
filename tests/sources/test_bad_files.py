"""One broken file a fault: what the planner is told, word for word where it matters."""

import math
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from iku_analysis import DataError, IkuError, Problem, load_agency

DATA = Path(__file__).parents[1] / "data"
MakeRoot = Callable[..., Path]

# File: for each of its problems the row, the column, what was found, the start of what was
# expected, and the end of the mend.
CASES = {
    "above_100.csv": [
        (2, "nilai", "“104,5”", "paling banyak 100%", "a; bila benar, jelaskan di kolom keterangan."),
    ],
    "areas_and_province.csv": [
        (
            4,
            "nilai",
            "22 untuk Triwulan I 2021",
            "21, dari bagian-bagiannya",
            "an, triwulan, wilayah); keduanya harus sama.",
        ),
    ],
    "cells_too_few.csv": [
        (3, None, "5 sel", "6 sel, sebanyak judul kolom", "teks yang memuat pemisah dengan tanda kutip."),
    ],
    "cells_too_many.csv": [
        (3, None, "7 sel", "6 sel, sebanyak judul kolom", "teks yang memuat pemisah dengan tanda kutip."),
    ],
    "column_missing.csv": [
        (1, "status", "kolom tidak ada", "kolom status", "Tambahkan kolom status."),
    ],
    "column_twice.csv": [
        (1, "value", "judul kolom ganda", "setiap judul satu kali", "Ganti judul salah satu kolom."),
    ],
    "column_unknown.csv": [
        (
            1,
            "ketrangan",
            "judul kolom yang tidak dikenal: “ketrangan”",
            "indikator, periode, nilai, pembilang, penyebut, ",
            "ke kolom keterangan. Maksud Anda “keterangan”?",
        ),
    ],
    "column_without_heading.csv": [
        (
            1,
            None,
            "judul kolom yang tidak dikenal: sel kosong",
            "indikator, periode, nilai, pembilang, penyebut, ",
            "i yang tidak punya kolom dipindahkan ke kolom keterangan.",
        ),
    ],
    "comma_thousands.csv": [
        (2, "nilai", "“27,018”", "bilangan bulat: satuannya UKM", " ini di policy.toml, bagian [reading.files]."),
        (3, "nilai", "“27,045”", "bilangan bulat: satuannya UKM", " ini di policy.toml, bagian [reading.files]."),
    ],
    "counts_and_year.csv": [
        (
            6,
            "pembilang",
            "455 untuk 2021",
            "400, dari bagian-bagiannya",
            "an, triwulan, wilayah); keduanya harus sama.",
        ),
        (6, "penyebut", "455 untuk 2021", "400, dari bagian-bagiannya", "an, triwulan, wilayah); keduanya harus sama."),
    ],
    "damaged.xlsx": [
        (
            None,
            None,
            "berkas yang tidak dapat dibuka (unclosed token: line 1, column 148)",
            "buku kerja Excel (.xlsx)",
            "impan ulang sebagai .xlsx, tanpa kata sandi.",
        ),
    ],
    "decimal_number.xlsx": [
        (2, "nilai", "“27,799”", "bilangan bulat: satuannya UKM", " ini di policy.toml, bagian [reading.files]."),
    ],
    "decimals_in_count.csv": [
        (2, "nilai", "“12,5”", "bilangan bulat: satuannya UKM", "s = 1 untuk umkm di indicators.toml."),
        (3, "nilai", "“27,799”", "bilangan bulat: satuannya UKM", " ini di policy.toml, bagian [reading.files]."),
        (4, "nilai", "“27,000”", "bilangan bulat: satuannya UKM", " ini di policy.toml, bagian [reading.files]."),
    ],
    "decimals_in_numerator.csv": [
        (2, "pembilang", "“1,000”", "bilangan bulat", "engan titik (27.799) dalam format Indonesia."),
    ],
    "decree_above_100.txt": [
        (34, "2022", "1000", "antara 0 dan 100", "Periksa angka target di keputusan."),
    ],
    "decree_annex_date.txt": [
        (
            None,
            None,
            "Nomor 7 Tahun 2018, 2 Oktober 2018",
            "Nomor 7 Tahun 2018, 1 Oktober 2018",
            "ggal di kepala lampiran dengan keputusannya.",
        ),
    ],
    "decree_annex_number.txt": [
        (
            None,
            None,
            "Nomor 7 Tahun 2019, 1 Oktober 2018",
            "Nomor 7 Tahun 2018, 1 Oktober 2018",
            "ggal di kepala lampiran dengan keputusannya.",
        ),
    ],
    "decree_blank_target.txt": [
        (
            34,
            "2020",
            "sel kosong",
            "angka seperti 27799, 97,5 atau 4.084.357.380",
            "t; desimal dengan koma, ribuan dengan titik.",
        ),
    ],
    "decree_cell_lacking.txt": [
        (34, None, "9 sel", "10 sel: 5 target dan 5 sel lain", "pada baris ini; satu sel untuk setiap tahun."),
    ],
    "decree_comma_thousands.txt": [
        (33, "2018", "10,000", "bilangan bulat: satuannya UKM", "s = 3 untuk umkm di indicators.toml."),
    ],
    "decree_cp1252.txt": [
        (33, None, "teks dengan pengodean yang tidak dikenal", "UTF-8", "Simpan ulang berkas sebagai UTF-8."),
    ],
    "decree_dot_decimal.txt": [
        (
            34,
            "2020",
            "“97.5”",
            "angka seperti 27799, 97,5 atau 4.084.357.380",
            "t; desimal dengan koma, ribuan dengan titik.",
        ),
    ],
    "decree_no_date.txt": [
        (None, None, "tidak ditemukan", "Pada tanggal : …", "Lengkapi teks keputusan di berkas ini."),
    ],
    "decree_no_table.txt": [
        (
            None,
            None,
            "tidak ada tabel",
            "tabel lampiran dengan judul No, Sasaran, …, Defi",
            " tabel lampiran dengan tab di antara selnya.",
        ),
    ],
    "decree_no_unit.txt": [
        (38, "Satuan", "sel kosong", "teks", "Salin teksnya dari keputusan."),
    ],
    "decree_number_gap.txt": [
        (31, "No", "1, 2, 4", "nomor urut dari 1 tanpa celah", "Lengkapi atau urutkan baris tabel."),
    ],
    "decree_page_years.txt": [
        (
            37,
            None,
            "2018, 2019, 2020, 2021, 2020",
            "tahun yang berurutan, sama di setiap halaman",
            "Perbaiki baris tahun.",
        ),
    ],
    "decree_six_years.txt": [
        (33, None, "10 sel", "11 sel: 6 target dan 5 sel lain", "pada baris ini; satu sel untuk setiap tahun."),
        (34, None, "10 sel", "11 sel: 6 target dan 5 sel lain", "pada baris ini; satu sel untuk setiap tahun."),
        (38, None, "10 sel", "11 sel: 6 target dan 5 sel lain", "pada baris ini; satu sel untuk setiap tahun."),
    ],
    "decree_years_beyond.txt": [
        (None, None, "2018-2022", "2018-2023", "abel lampiran dengan tahun di diktum KESATU."),
    ],
    "denominator_column_missing.csv": [
        (
            2,
            "penyebut",
            "sel kosong",
            "angka, karena pasangannya diisi",
            "ilang dan penyebut, atau kosongkan keduanya.",
        ),
    ],
    "dot_decimal.csv": [
        (
            3,
            "nilai",
            "“97.5”",
            "angka dengan titik ribuan dan koma desimal, misa",
            " ini di policy.toml, bagian [reading.files].",
        ),
    ],
    "duplicate.csv": [
        (
            4,
            "indikator, periode, wilayah, basis",
            "angka kedua untuk umkm 2021",
            "satu angka; yang pertama di realisations/duplica",
            "tau perbaiki periode, wilayah atau basisnya.",
        ),
    ],
    "empty.csv": [
        (
            None,
            None,
            "berkas kosong",
            "baris judul dan sedikitnya satu baris angka",
            "Isi berkas, atau hapus dari folder.",
        ),
    ],
    "empty.xlsx": [
        (
            None,
            None,
            "berkas kosong",
            "baris judul dan sedikitnya satu baris angka",
            "Isi berkas, atau hapus dari folder.",
        ),
    ],
    "english.csv": [
        (
            2,
            "value",
            "“97,5”",
            "angka dengan koma ribuan dan titik desimal, misa",
            " ini di policy.toml, bagian [reading.files].",
        ),
    ],
    "formula.xlsx": [
        (
            3,
            "C",
            "rumus tanpa nilai: “=SUM(C2:C2)”",
            "angka atau rumus yang sudah dihitung",
            "sai, lalu simpan; atau tempel sebagai nilai.",
        ),
    ],
    "fraction.csv": [
        (2, "nilai", "“0,975”", "persentase: 97,5 berarti", "memang 0,975 persen, tulis “0,975%”."),
    ],
    "full_date.xlsx": [
        (2, "periode", "“2021-08-01”", "tahun, triwulan atau bulan", "a 2021, 2021-TW3, 2021-08 atau Agustus 2021."),
    ],
    "grouping.csv": [
        (
            3,
            "nilai",
            "“1.23.4”",
            "angka dengan titik ribuan dan koma desimal, misa",
            "uan dan kata-kata masuk ke kolom keterangan.",
        ),
    ],
    "identity_date_and_time.toml": [
        (None, "signer.1.from", "2021-01-01 08:00:00", "tanggal tanpa tanda kutip, misalnya 2021-03-31", "nilainya."),
    ],
    "identity_emblem_elsewhere.toml": [
        (None, "emblem", "'../lambang.png'", "nama berkas di folder data: .png, .jpg, .jpeg, .svg", "nilainya."),
    ],
    "identity_emblem_not_there.toml": [
        (
            None,
            "emblem",
            "“lambang.png”",
            "berkas yang ada di folder data",
            "Taruh berkasnya di samping identity.toml.",
        ),
    ],
    "identity_emblem_other_kind.toml": [
        (None, "emblem", "'lambang.gif'", "nama berkas di folder data: .png, .jpg, .jpeg, .svg", "nilainya."),
    ],
    "identity_kind.toml": [
        (None, "signer.1.kind", "'Plt.'", "'', 'Plt', 'Plh', 'Pj'", "Perbaiki nilainya."),
    ],
    "identity_letterhead_six.toml": [
        (None, "letterhead", "['1', '2', '3', '4', '5', '6']", "paling banyak 5 butir", "Perbaiki nilainya."),
    ],
    "identity_letterhead_text.toml": [
        (None, "letterhead", "'DINAS'", "daftar di antara kurung siku", "Perbaiki nilainya."),
    ],
    "identity_name_two_lines.toml": [
        (None, "signer.1.name", '"Contoh:\\nNur\'aini"', "teks satu baris, 1 sampai 300 huruf", "Perbaiki nilainya."),
    ],
    "identity_nip_birthday.toml": [
        (None, "signer.1.nip", "'190002301920022000'", "18 angka: tanggal lahir, ", "Perbaiki nilainya."),
    ],
    "identity_nip_number.toml": [
        (
            None,
            "signer.1.nip",
            "bilangan yang terlalu besar",
            "bilangan antara ",
            "nomor seperti NIP ditulis di antara tanda kutip.",
        ),
    ],
    "identity_nip_short.toml": [
        (None, "signer.1.nip", "'19000202 192002 2 00'", "18 angka: tanggal lahir, ", "Perbaiki nilainya."),
    ],
    "identity_no_from.toml": [
        (None, "signer.1.from", "tidak ada", "nilai untuk from", "Tambahkan from."),
    ],
    "identity_quoted_date.toml": [
        (None, "signer.1.from", "'2021-01-01'", "tanggal tanpa tanda kutip, misalnya 2021-03-31", "nilainya."),
    ],
    "identity_role.toml": [
        (None, "signer.1.role", "'kepala'", "'first_party', 'second_party'", "Perbaiki nilainya."),
    ],
    "identity_sentence_brace.toml": [
        (
            None,
            "sentences.opening",
            "{'id': 'Tahun {year', 'en': 'Year {year}'}",
            "tempat isian yang dikenal: {year}, {decree}, {agency}",
            "Perbaiki nilainya.",
        ),
    ],
    "identity_sentence_of_program.toml": [
        (
            None,
            "sentences.promise",
            "{'id': 'Tahun {year.__class__}', 'en': 'Year {year}'}",
            "tempat isian yang dikenal: {year}, {decree}, {agency}",
            "Perbaiki nilainya.",
        ),
    ],
    "identity_sentence_one_language.toml": [
        (None, "sentences.opening", "{'id': 'Tahun {year}'}", "teks dalam dua bahasa", "Perbaiki nilainya."),
    ],
    "identity_sentence_place.toml": [
        (
            None,
            "sentences.opening",
            "{'id': 'Tahun {tahun}', 'en': 'Year {year}'}",
            "tempat isian yang dikenal: {year}, {decree}, {agency}",
            "Perbaiki nilainya.",
        ),
    ],
    "identity_sentence_width.toml": [
        (
            None,
            "sentences.promise",
            "{'id': 'Tahun {year:>99999999}', 'en': 'Year {year}'}",
            "tempat isian yang dikenal: {year}, {decree}, {agency}",
            "Perbaiki nilainya.",
        ),
    ],
    "identity_template_not_there.toml": [
        (None, "word_template", "“kop.docx”", "berkas yang ada di folder data", "di samping identity.toml."),
    ],
    "identity_template_with_macros.toml": [
        (None, "word_template", "'kop.docm'", "nama berkas di folder data: .docx", "Perbaiki nilainya."),
    ],
    "identity_two_signers.toml": [
        (
            None,
            "signer",
            "Contoh: Nur'aini dan Contoh: Budi pada 2021-03-08",
            "satu penanda tangan sehari",
            "Isi until pada yang lebih dulu, atau hapus salah satu.",
        ),
    ],
    "identity_unknown_word.toml": [
        (None, "emblems", "kata yang tidak dikenal", "kata yang dikenal", "Maksud Anda “emblem”?"),
    ],
    "identity_until_before_from.toml": [
        (None, "signer.1", "from 2021-03-01, until 2021-02-28", "until pada atau sesudah from", "Perbaiki nilainya."),
    ],
    "indicators_break_outside.toml": [
        (None, "umkm.break", "2024", "2018-2022", "Perbaiki tahun pada bagian break."),
    ],
    "indicators_id_twice.toml": [
        (None, "indicator.id", "“umkm”", "id yang berbeda", "Beri setiap indikator id sendiri."),
    ],
    "indicators_one_lacking.toml": [
        (None, "indicator.number", "1, 2", "1, 2, 3", "[indicator]] untuk setiap nomor di lampiran."),
    ],
    "indicators_one_language.toml": [
        (None, "indicator.2.label", "{'id': 'Cakupan tera'}", "teks dalam dua bahasa", "Perbaiki nilainya."),
    ],
    "indicators_percentage_summed.toml": [
        (None, "uttp.aggregation", "sum", "ratio, last", "jumlah berjalan; indeks dan skor sebagai last."),
    ],
    "indicators_unknown_word.toml": [
        (
            None,
            "indicator.1.upper_bond",
            "kata yang tidak dikenal",
            "kata yang dikenal",
            "erbaiki kata ini. Maksud Anda “upper_bound”?",
        ),
    ],
    "indicators_word_lacking.toml": [
        (None, "indicator.2.direction", "tidak ada", "nilai untuk direction", "Tambahkan direction."),
    ],
    "indicators_wrong_choice.toml": [
        (None, "indicator.1.path", "'flaat'", "'rising', 'flat'", "Perbaiki nilainya."),
    ],
    "indicators_wrong_type.toml": [
        (None, "indicator.1.max_decimals", "'0'", "bilangan bulat", "Perbaiki nilainya."),
    ],
    "label_for_indicator.csv": [
        (
            2,
            "indikator",
            "“Nilai Ekspor”",
            "id atau nomor indikator: umkm, uttp, ekspor",
            "ulis id atau nomornya. Maksud Anda “ekspor”?",
        ),
    ],
    "merged.xlsx": [
        (2, None, "sel gabungan H2:H3", "satu nilai di setiap sel", "gan (Unmerge Cells) dan isi setiap barisnya."),
        (3, "sumber", "sel kosong", "sumber angka", "Tulis dokumen atau pemberi angkanya."),
    ],
    "minus_sign.csv": [
        (
            3,
            "nilai",
            "“−5”",
            "angka dengan titik ribuan dan koma desimal, misa",
            "ng dengan tanda hubung (-) dari papan ketik.",
        ),
    ],
    "mixed_formats.csv": [
        (
            3,
            "nilai",
            "“4,199,000,000.50”",
            "angka dengan titik ribuan dan koma desimal, misa",
            " ini di policy.toml, bagian [reading.files].",
        ),
    ],
    "months_and_year.csv": [
        (
            14,
            "nilai",
            "1.250 untuk 2021",
            "1.200, dari bagian-bagiannya",
            "an, triwulan, wilayah); keduanya harus sama.",
        ),
    ],
    "nbsp.csv": [
        (
            3,
            "nilai",
            "“27[spasi tak-putus]799”",
            "angka dengan titik ribuan dan koma desimal, misa",
            "Hapus spasi di dalam angka.",
        ),
    ],
    "negative.csv": [
        (2, "nilai", "“-5”", "0 atau lebih", "untuk umkm di indicators.toml."),
    ],
    "no_encoding.csv": [
        (
            None,
            None,
            "teks dengan pengodean yang tidak dikenal",
            "UTF-8, cp1252",
            'cel pilih Simpan Sebagai, jenis "CSV UTF-8".',
        ),
    ],
    "no_source.csv": [
        (3, "sumber", "sel kosong", "sumber angka", "Tulis dokumen atau pemberi angkanya."),
        (4, "sumber", "“-”", "sumber angka", "Tulis dokumen atau pemberi angkanya."),
        (5, "nilai", "“27,799”", "bilangan bulat: satuannya UKM", " ini di policy.toml, bagian [reading.files]."),
        (5, "sumber", "sel kosong", "sumber angka", "Tulis dokumen atau pemberi angkanya."),
    ],
    "not_a_workbook.xlsx": [
        (
            None,
            None,
            "berkas yang tidak dapat dibuka (File is not a zip file)",
            "buku kerja Excel (.xlsx)",
            "impan ulang sebagai .xlsx, tanpa kata sandi.",
        ),
    ],
    "number_with_unit.csv": [
        (
            3,
            "nilai",
            "“27.799 orang”",
            "angka dengan titik ribuan dan koma desimal, misa",
            "uan dan kata-kata masuk ke kolom keterangan.",
        ),
    ],
    "numerator_above_denominator.csv": [
        (
            2,
            "pembilang",
            "“1.010”",
            "paling banyak sama dengan penyebutnya, 1.000",
            "a; bila benar, jelaskan di kolom keterangan.",
        ),
    ],
    "numerator_alone.csv": [
        (2, "penyebut", "“-”", "angka, karena pasangannya diisi", "ilang dan penyebut, atau kosongkan keduanya."),
    ],
    "numerator_for_count.csv": [
        (
            2,
            "pembilang",
            "“10”",
            "sel kosong: satuan indikator ini UKM",
            "osongkan, dan tulis angkanya di kolom nilai.",
        ),
    ],
    "office_periods.csv": [
        (5, "status", "“final”", "sementara, karena periodenya bertanda *", "sudah final, hapus tanda * di periode."),
        (9, "periode", "“TW IV”", "triwulan dengan tahunnya", "Tambahkan tahunnya, misalnya TW IV 2022."),
    ],
    "percent_sign_on_count.csv": [
        (3, "nilai", "“97%”", "UKM", "Hapus tanda persen, atau periksa angkanya."),
    ],
    "percent_sign_on_numerator.csv": [
        (2, "pembilang", "“97%”", "bilangan bulat", "Hapus tanda persen, atau periksa angkanya."),
    ],
    "percentage_and_parts.csv": [
        (6, "nilai", "95,1 untuk 2021", "95, dari bagian-bagiannya", "an, triwulan, wilayah); keduanya harus sama."),
    ],
    "period_outside.csv": [
        (
            2,
            "periode",
            "“2017”",
            "periode dalam masa keputusan, 2018-2022",
            "hkan keputusan yang berlaku untuk tahun itu.",
        ),
        (
            4,
            "periode",
            "“Januari 2023”",
            "periode dalam masa keputusan, 2018-2022",
            "hkan keputusan yang berlaku untuk tahun itu.",
        ),
    ],
    "period_unreadable.csv": [
        (2, "periode", "“2021-13”", "tahun, triwulan atau bulan", "a 2021, 2021-TW3, 2021-08 atau Agustus 2021."),
        (3, "periode", "“Agustsu 2021”", "tahun, triwulan atau bulan", "a 2021, 2021-TW3, 2021-08 atau Agustus 2021."),
        (4, "periode", "“TW V 2021”", "tahun, triwulan atau bulan", "a 2021, 2021-TW3, 2021-08 atau Agustus 2021."),
        (5, "periode", "sel kosong", "tahun, triwulan atau bulan", "a 2021, 2021-TW3, 2021-08 atau Agustus 2021."),
    ],
    "policy_bounds.toml": [
        (
            None,
            "rating",
            "above 90, above 95, -",
            "batas kelas (above atau from) yang menurun, kelas terakhir",
            "Perbaiki nilainya.",
        ),
    ],
    "policy_cp1252.toml": [
        (1, None, "teks dengan pengodean yang tidak dikenal", "UTF-8", "Simpan ulang berkas sebagai UTF-8."),
    ],
    "policy_infinite_bound.toml": [
        (None, "rating.1.above", "inf", "bilangan", "Perbaiki nilainya."),
    ],
    "policy_labels.toml": [
        (None, "rating", "Tinggi, Tinggi, Rendah", "sebutan yang berbeda untuk setiap kelas", "Perbaiki nilainya."),
    ],
    "policy_last_bound.toml": [
        (
            None,
            "rating",
            "above 90, above 65, above 50",
            "batas kelas (above atau from) yang menurun, kelas terakhir",
            "Perbaiki nilainya.",
        ),
    ],
    "policy_number_format.toml": [
        (None, "reading.files.english.csv", "'us'", "'id', 'en'", "Perbaiki nilainya."),
    ],
    "policy_scale_bounds.toml": [
        (
            None,
            "scale.1.rating",
            "from 91, from 91, -",
            "batas kelas (above atau from) yang menurun, kelas terakhir",
            "Perbaiki nilainya.",
        ),
    ],
    "policy_scale_names.toml": [
        (None, "scale", "Skala laporan ini, Lain, Lain", "nama skala yang berbeda", "Perbaiki nilainya."),
    ],
    "policy_syntax.toml": [
        (
            1,
            None,
            "Illegal character '\\n' (at line 1, column 28)",
            "tulisan TOML yang benar",
            "Perbaiki baris yang disebut.",
        ),
    ],
    "policy_two_bounds.toml": [
        (
            None,
            "rating",
            "above 90 from 91, above 65, -",
            "batas kelas (above atau from) yang menurun, kelas terakhir",
            "Perbaiki nilainya.",
        ),
    ],
    "policy_unknown_word.toml": [
        (None, "area", "kata yang tidak dikenal", "kata yang dikenal", "atau perbaiki kata ini. Maksud Anda “areas”?"),
    ],
    "quarters_and_year.csv": [
        (
            2,
            "nilai",
            "20.001 untuk 2021",
            "20.000, dari bagian-bagiannya",
            "an, triwulan, wilayah); keduanya harus sama.",
        ),
    ],
    "quote_unclosed.csv": [
        (
            3,
            None,
            "tanda kutip yang tidak ditutup (';' expected after '\"')",
            "setiap tanda kutip berpasangan",
            'a " di berkas, atau simpan ulang dari Excel.',
        ),
    ],
    "running_totals.csv": [
        (2, "keterangan", "“s.d. TW I”", "angka periode itu saja", "yang terakhir menjadi angka setahun."),
        (3, "periode", "“s.d. TW II 2022”", "angka periode itu saja", "yang terakhir menjadi angka setahun."),
        (4, "keterangan", "“angka kumulatif”", "angka periode itu saja", "yang terakhir menjadi angka setahun."),
    ],
    "scientific.csv": [
        (
            3,
            "nilai",
            "“1e5”",
            "angka dengan titik ribuan dan koma desimal, misa",
            "uan dan kata-kata masuk ke kolom keterangan.",
        ),
    ],
    "separator_bar.csv": [
        (
            1,
            None,
            "“indikator|periode|nilai|basis|status|sumber”",
            "baris judul dengan pemisah koma, titik koma atau",
            "ah titik koma, judul kolom di baris pertama.",
        ),
    ],
    "separator_changes.csv": [
        (2, None, "1 sel", "6 sel, sebanyak judul kolom", "teks yang memuat pemisah dengan tanda kutip."),
        (3, None, "1 sel", "6 sel, sebanyak judul kolom", "teks yang memuat pemisah dengan tanda kutip."),
    ],
    "spreadsheet_rows.csv": [
        (
            6,
            "nilai",
            "“banyak”",
            "angka dengan titik ribuan dan koma desimal, misa",
            "uan dan kata-kata masuk ke kolom keterangan.",
        ),
    ],
    "underscore.csv": [
        (
            3,
            "nilai",
            "“1_000”",
            "angka dengan titik ribuan dan koma desimal, misa",
            "uan dan kata-kata masuk ke kolom keterangan.",
        ),
    ],
    "unknown_area.csv": [
        (
            2,
            "wilayah",
            "“Jakarta Pusta”",
            "salah satu dari Jakarta Pusat, Jakarta Utara",
            " salah satunya. Maksud Anda “Jakarta Pusat”?",
        ),
    ],
    "unknown_basis.csv": [
        (
            2,
            "basis",
            "“resmy”",
            "salah satu dari resmi, publikasi, proksi",
            "Tulis salah satunya. Maksud Anda “resmi”?",
        ),
    ],
    "unknown_indicator.csv": [
        (
            3,
            "indikator",
            "“umk”",
            "id atau nomor indikator: umkm, uttp, ekspor",
            "Tulis id atau nomornya. Maksud Anda “umkm”?",
        ),
    ],
    "unknown_status.csv": [
        (2, "status", "“semntara”", "salah satu dari final, sementara", "ulis salah satunya. Maksud Anda “sementara”?"),
    ],
    "utf16_no_mark.csv": [
        (
            None,
            None,
            "teks dengan pengodean yang tidak dikenal",
            "UTF-8, cp1252",
            'cel pilih Simpan Sebagai, jenis "CSV UTF-8".',
        ),
    ],
    "value_and_counts.csv": [
        (2, "nilai", "“97,5”", "pembilang / penyebut = 97,4%", "erbaiki salah satunya, atau kosongkan nilai."),
    ],
    "factor_lost.csv": [
        (
            4,
            "nilai",
            "352.000.000.000, 1.004 kali lebih besar dari angka lain",
            "angka yang sepadan dengan yang lain",
            "",
        ),
        (5, "nilai", "353.000, 993 kali lebih kecil dari angka lain", "angka yang sepadan dengan yang lain", ""),
    ],
    "negative_exports.csv": [(2, "nilai", "“-350.000.000”", "0 atau lebih", "untuk ekspor di indicators.toml.")],
    "items_above_whole.csv": [
        (3, "nilai", "rincian sektor berjumlah 1.001", "paling banyak 1.000, angka utuh 2021", "dua kali dihapus."),
    ],
    "item_without_kind.csv": [(2, "rincian", "“kuliner”", "jenis: butir", "kosongkan untuk angka utuh.")],
    "context_two_units.csv": [
        (3, "satuan", "“miliar USD”", "“juta USD”, satuan deret “Ekspor melalui Jakarta”", "beri deretnya nama lain."),
    ],
    "verifications_year.csv": [
        (2, "periode", "“2021”", "bulan", "misalnya 2021-08."),
        (3, "berlaku_bulan", "“0”", "bilangan bulat, 1 atau lebih", "Perbaiki angkanya."),
    ],
    "value_of_nothing.csv": [
        (2, "nilai", "“100”", "pembilang / penyebut = 0 / 0", "erbaiki salah satunya, atau kosongkan nilai."),
    ],
    "budget_column_missing.csv": [
        (1, "indikator", "kolom tidak ada", "kolom indikator", "Tambahkan kolom indikator."),
    ],
    "budget_decimals.csv": [
        (2, "anggaran", "“1.000,555”", "paling banyak 2 desimal", "bila maksudnya ribuan, tulis “1.000.555”."),
        (3, "anggaran", "“1,000”", "paling banyak 2 desimal", " ini di policy.toml, bagian [reading.files]."),
        (3, "realisasi", "“900,555”", "paling banyak 2 desimal", " ini di policy.toml, bagian [reading.files]."),
    ],
    "budget_duplicate.csv": [
        (
            3,
            "program",
            "baris kedua untuk “Pembinaan Usaha”, umkm, 2021",
            "satu baris; yang pertama di budget/budget_duplic",
            "perbaiki program, indikator atau periodenya.",
        ),
    ],
    "budget_month.csv": [
        (2, "periode", "“2021-03”", "tahun atau triwulan", "au triwulannya, misalnya 2021 atau 2021-TW3."),
    ],
    "budget_negative.csv": [
        (2, "anggaran", "“-1.000”", "0 atau lebih", "Periksa tandanya."),
        (3, "realisasi", "“-900”", "0 atau lebih", "Periksa tandanya."),
    ],
    "budget_no_budget.csv": [
        (2, "anggaran", "sel kosong", "sel yang terisi", "Isi sel ini."),
    ],
    "budget_no_programme.csv": [
        (2, "program", "sel kosong", "sel yang terisi", "Isi sel ini."),
        (3, "program", "“-”", "sel yang terisi", "Isi sel ini."),
    ],
    "budget_no_source.csv": [
        (2, "sumber", "sel kosong", "sel yang terisi", "Isi sel ini."),
    ],
    "budget_overspent.csv": [
        (
            2,
            "realisasi",
            "“1.000,01”",
            "paling banyak anggarannya, 1.000",
            "a; bila benar, jelaskan di kolom keterangan.",
        ),
        (4, "realisasi", "“1.100”", "paling banyak anggarannya, 1.000", "a; bila benar, jelaskan di kolom keterangan."),
    ],
    "budget_percent_sign.csv": [
        (2, "realisasi", "“90%”", "rupiah", "Hapus tanda persen, atau periksa angkanya."),
        (3, "anggaran", "“100%”", "rupiah", "Hapus tanda persen, atau periksa angkanya."),
    ],
    "budget_period_outside.csv": [
        (
            2,
            "periode",
            "“2017”",
            "periode dalam masa keputusan, 2018-2022",
            "hkan keputusan yang berlaku untuk tahun itu.",
        ),
    ],
    "budget_quarters_above_year.csv": [
        (2, "anggaran", "1.000 untuk 2021", "1.100, jumlah triwulannya", "Perbaiki angka tahun atau triwulannya."),
        (2, "realisasi", "500 untuk 2021", "501, jumlah triwulannya", "Perbaiki angka tahun atau triwulannya."),
    ],
    "budget_quarters_and_year.csv": [
        (2, "anggaran", "1.000 untuk 2021", "1.001, jumlah triwulannya", "Perbaiki angka tahun atau triwulannya."),
        (2, "realisasi", "800 untuk 2021", "801, jumlah triwulannya", "Perbaiki angka tahun atau triwulannya."),
        (7, "anggaran", "1.000 untuk 2020", "996, jumlah triwulannya", "Perbaiki angka tahun atau triwulannya."),
        (7, "realisasi", "800 untuk 2020", "799, jumlah triwulannya", "Perbaiki angka tahun atau triwulannya."),
    ],
    "budget_unknown_indicator.csv": [
        (
            2,
            "indikator",
            "“utp”",
            "id atau nomor indikator: umkm, uttp, ekspor",
            "Tulis id atau nomornya. Maksud Anda “uttp”?",
        ),
    ],
    "budget_words.csv": [
        (
            2,
            "anggaran",
            "“1 miliar”",
            "angka dengan titik ribuan dan koma desimal, misa",
            "uan dan kata-kata masuk ke kolom keterangan.",
        ),
    ],
    "control.csv": [
        (3, None, "tanda yang tidak terlihat, U+000B", "teks biasa", "tik ulang barisnya dan simpan sebagai UTF-8."),
    ],
    "notes_control.md": [
        (5, None, "tanda yang tidak terlihat, U+000B", "teks biasa", "tik ulang barisnya dan simpan sebagai UTF-8."),
    ],
    "notes_cp1252.md": [
        (5, None, "teks dengan pengodean yang tidak dikenal", "UTF-8", "Simpan ulang berkas sebagai UTF-8."),
    ],
    "notes_deeper_heading.md": [
        (
            6,
            None,
            "“### Rincian”",
            "judul yang diawali “# ” atau “## ”",
            "is ini bagian dari teks, awali dengan spasi.",
        ),
        (8, None, "“#### Lagi”", "judul yang diawali “# ” atau “## ”", "is ini bagian dari teks, awali dengan spasi."),
    ],
    "notes_heading_without_space.md": [
        (7, None, "“##Solusi”", "judul yang diawali “# ” atau “## ”", "is ini bagian dari teks, awali dengan spasi."),
    ],
    "notes_nul.md": [
        (5, None, "tanda yang tidak terlihat, U+0000", "teks biasa", "tik ulang barisnya dan simpan sebagai UTF-8."),
    ],
    "notes_section_before_indicator.md": [
        (1, None, "“Penyebab”", "judul “# umum” atau “# indikator” di atasnya", "Tulis judulnya di atas baris ini."),
    ],
    "notes_section_twice.md": [
        (9, None, "“Causes”", "satu kali; yang pertama di baris 3", "Gabungkan kedua teksnya di bawah satu judul."),
    ],
    "notes_text_before_heading.md": [
        (
            2,
            None,
            "“Catatan tahun ini.”",
            "judul “# umum” atau “# indikator”, lalu “## Peny",
            "Tulis judulnya di atas baris ini.",
        ),
        (
            6,
            None,
            "“Tanpa bagian.”",
            "judul “# umum” atau “# indikator”, lalu “## Peny",
            "Tulis judulnya di atas baris ini.",
        ),
    ],
    "notes_unknown_heading.md": [
        (
            3,
            None,
            "“Penyebap”",
            "Penyebab, Hambatan, Solusi, Program, Standar nas",
            " awali dengan spasi. Maksud Anda “Penyebab”?",
        ),
        (
            7,
            None,
            "“Catatan”",
            "Penyebab, Hambatan, Solusi, Program, Standar nas",
            " awali dengan spasi. Maksud Anda “Hambatan”?",
        ),
    ],
    "notes_unknown_indicator.md": [
        (
            1,
            None,
            "“utp”",
            "umum, atau id atau nomor indikator: umkm, uttp, ",
            "eks, awali dengan spasi. Maksud Anda “uttp”?",
        ),
        (
            7,
            None,
            "“8”",
            "umum, atau id atau nomor indikator: umkm, uttp, ",
            "is ini bagian dari teks, awali dengan spasi.",
        ),
        (
            9,
            None,
            "“Wirausaha”",
            "umum, atau id atau nomor indikator: umkm, uttp, ",
            "eks, awali dengan spasi. Maksud Anda “umkm”?",
        ),
    ],
    "notes_utf16.md": [
        (1, None, "teks dengan pengodean yang tidak dikenal", "UTF-8", "Simpan ulang berkas sebagai UTF-8."),
    ],
    "notes_wrong_kind.md": [
        (
            3,
            None,
            "“Penyebab”",
            "Organisasi, Isu strategis, Simpulan, Langkah ber",
            "ke bawah judul indikatornya, misalnya “# 6”.",
        ),
        (
            9,
            None,
            "“Isu strategis”",
            "Penyebab, Hambatan, Solusi, Program, Standar nas",
            "Pindahkan ke bawah judul “# umum”.",
        ),
    ],
    "targets_above_100.csv": [
        (4, "target", "“100,5”", "paling banyak 100%", "Perbaiki angkanya."),
    ],
    "targets_column_missing.csv": [
        (1, "sumber", "kolom tidak ada", "kolom sumber", "Tambahkan kolom sumber."),
    ],
    "targets_decimals.csv": [
        (2, "target", "“6.000,5”", "bilangan bulat: satuannya UKM", "s = 1 untuk umkm di indicators.toml."),
        (3, "target", "“6.999,5”", "bilangan bulat: satuannya UKM", "s = 1 untuk umkm di indicators.toml."),
    ],
    "targets_dot_decimal.csv": [
        (
            2,
            "target",
            "“97.5”",
            "angka dengan titik ribuan dan koma desimal, misa",
            " ini di policy.toml, bagian [reading.files].",
        ),
    ],
    "targets_duplicate.csv": [
        (
            6,
            "periode",
            "target kedua untuk umkm Triwulan IV 2021",
            "satu target; yang pertama di targets/targets_dup",
            "a, atau perbaiki indikator atau triwulannya.",
        ),
    ],
    "targets_fraction.csv": [
        (2, "target", "“0,97”", "persentase: 97,5 berarti", "97”; bila memang 0,97 persen, tulis “0,97%”."),
    ],
    "targets_last.csv": [
        (
            5,
            "target",
            "98, target triwulan terakhir 2020",
            "97,5, target 2020 menurut keputusan 7-2018",
            "lannya; target setahun ditetapkan keputusan.",
        ),
    ],
    "targets_missing.csv": [
        (3, "target", "“-”", "sel yang terisi", "Isi sel ini."),
    ],
    "targets_negative.csv": [
        (2, "target", "“-6.000”", "0 atau lebih", "untuk umkm di indicators.toml."),
    ],
    "targets_no_source.csv": [
        (2, "sumber", "sel kosong", "sel yang terisi", "Isi sel ini."),
        (3, "sumber", "sel kosong", "sel yang terisi", "Isi sel ini."),
        (4, "sumber", "sel kosong", "sel yang terisi", "Isi sel ini."),
        (5, "sumber", "sel kosong", "sel yang terisi", "Isi sel ini."),
    ],
    "targets_not_a_quarter.csv": [
        (2, "periode", "“2021”", "triwulan", "Tulis triwulannya, misalnya 2021-TW3."),
        (3, "periode", "“2021-03”", "triwulan", "Tulis triwulannya, misalnya 2021-TW3."),
    ],
    "targets_percent_sign.csv": [
        (5, "target", "“7.799%”", "UKM", "Hapus tanda persen, atau periksa angkanya."),
    ],
    "targets_period_outside.csv": [
        (
            2,
            "periode",
            "“2023-TW1”",
            "periode dalam masa keputusan, 2018-2022",
            "hkan keputusan yang berlaku untuk tahun itu.",
        ),
    ],
    "targets_quarter_lacking.csv": [
        (
            4,
            "periode",
            "Triwulan I 2021, Triwulan II 2021, Triwulan III 2021",
            "keempat triwulan 2021 untuk umkm",
            "Tambahkan Triwulan IV 2021.",
        ),
    ],
    "targets_sum.csv": [
        (
            5,
            "target",
            "27.798, jumlah keempat triwulan 2021",
            "27.799, target 2021 menurut keputusan 7-2018",
            "lannya; target setahun ditetapkan keputusan.",
        ),
    ],
    "targets_unknown_indicator.csv": [
        (
            2,
            "indikator",
            "“umk”",
            "id atau nomor indikator: umkm, uttp, ekspor",
            "Tulis id atau nomornya. Maksud Anda “umkm”?",
        ),
    ],
}


def problems_of(root: Path) -> list[Problem]:
    with pytest.raises(DataError) as caught:
        load_agency(root)
    return list(caught.value.problems)


@pytest.mark.parametrize("name", CASES)
def test_broken_file_is_explained(name: str, make_root: MakeRoot) -> None:
    problems = problems_of(make_root(name))
    assert len(problems) == len(CASES[name])
    for problem, (row, column, found, expected, mend) in zip(problems, CASES[name], strict=True):
        assert (problem.row, problem.column, problem.found) == (row, column, found)
        assert problem.expected.startswith(expected)
        assert problem.mend.endswith(mend)
        assert problem.file.split(" [")[0].split("/")[-1] in (
            name,
            "2021.md",
            "policy.toml",
            "identity.toml",
            "decree.txt",
            "indicators.toml",
        )


def test_every_broken_file_is_tested() -> None:
    there = {path.name for path in (DATA / "bad").iterdir()}
    assert there == {*CASES, "two_files_1.csv", "two_files_2.csv"}


def test_all_problems_of_all_files_at_once(make_root: MakeRoot) -> None:
    problems = problems_of(make_root("two_files_1.csv", "two_files_2.csv"))
    files = [problem.file for problem in problems]
    assert {"realisations/two_files_1.csv", "realisations/two_files_2.csv"} == set(files)
    assert len(problems) == 5


def test_message_names_place_found_expected_and_mend(make_root: MakeRoot) -> None:
    with pytest.raises(DataError) as caught:
        load_agency(make_root("dot_decimal.csv"))
    assert str(caught.value).startswith(
        "realisations/dot_decimal.csv, baris 3, kolom nilai: tertulis: “97.5”; seharusnya: "
    )
    assert "-> Tukar titik dan koma" in str(caught.value)


def test_good_files_are_read(tmp_path: Path) -> None:
    """BOM, cp1252, English format, Excel cells, indicator by number, missing and zero: read as meant."""
    root = tmp_path / "root"
    shutil.copytree(DATA / "good", root)
    frame = load_agency(root).realisations
    rows = {(row.file.split("/")[1].split(" [")[0], row.row): row for row in frame.itertuples()}
    assert rows["bom.csv", 2].value == 10412
    assert rows["cp1252.csv", 2].note == "Januari – Desember, termasuk Café Batavia"
    assert rows["english.csv", 2].value == 1049750000.25
    assert rows["english.csv", 2].note == "two lines,\nand a comma"
    assert rows["by_number.csv", 2].indicator_id == "uttp"
    assert rows["by_number.csv", 2].value == 96.41
    assert rows["by_number.csv", 3].period == "2018-Q3"
    assert rows["by_number.csv", 4].period == "2022-08"
    missing = [rows["missing_and_zero.csv", number].value for number in (2, 3, 4)]
    assert all(math.isnan(value) for value in missing)
    assert rows["missing_and_zero.csv", 5].value == 0
    assert rows["missing_and_zero.csv", 6].denominator == 0
    assert rows["above_100_with_note.csv", 3].value == 105


def test_excel_cells_are_read_as_seen(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(DATA / "good", root)
    frame = load_agency(root).realisations
    cells = frame[frame["file"].str.startswith("realisations/cells.xlsx")]
    assert len(cells) > 0
    assert (cells["value"] == 97.5).any(), "0.975 shown as 97,5% is 97.5"


def test_not_a_data_root(tmp_path: Path) -> None:
    with pytest.raises(IkuError, match="bukan folder data"):
        load_agency(tmp_path)
    with pytest.raises(IkuError, match="tidak ada"):
        load_agency(tmp_path / "none")
