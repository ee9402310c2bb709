"""Make the XLS and ODS files beside this script anew, with LibreOffice: python tests/data/intake/make.py."""

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "intake"))

from office_files import write_xlsx  # noqa: E402
from test_struck import workbook  # noqa: E402

with tempfile.TemporaryDirectory() as folder:
    books = [write_xlsx(Path(folder) / "tabel.xlsx"), workbook(Path(folder) / "dicoret.xlsx", 121, struck=True)]
    for kind in ("xls:MS Excel 97", "ods"):
        words = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind]
        subprocess.run([*words, "--outdir", str(HERE), *map(str, books)], check=True)
