"""What every run imports: loaded in the process that workers are forked from (`workers.worker_context`)."""

# ruff: noqa: E402, F401, I001
import gc
import signal

for number in (signal.SIGINT, signal.SIGTERM):  # they may reach the whole group; the batch decides, and ends this too
    signal.signal(number, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT, signal.SIGTERM))  # `worker_context` has blocked them

gc.disable()  # nothing that is imported goes again; looking for it is a third of the time

# First, for nbformat as `notebook_file` tells.
from iku_analysis.documents import html as html_page, pdf, word, workbook
from iku_analysis.kernels import provisioner
from iku_analysis.batch import remote, workers

import IPython.paths
import ipykernel.kernelspec
import openpyxl
import papermill.execute
import pikepdf
from PIL import Image, ImageFont, ImageOps, JpegImagePlugin, PngImagePlugin
import typst
import xlsxwriter

from iku_analysis.language import english
from iku_analysis.schema import BREAKS, make_frame

Image.preinit()
english()  # labels are read in both languages
# pandera imports more when it first checks a frame
make_frame(BREAKS, [{"decree": "", "indicator_id": "", "year": 2018, "note": ""}])
gc.freeze()
