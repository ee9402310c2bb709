"""How much of anything is read, each with its reason: what is larger is told by file and place, never tried."""

LONGEST_TEXT = 32_767  # characters in a cell of any spreadsheet program
MOST_DIGITS, MOST_BEFORE_COMMA = 17, 15  # of a number: what a float keeps exactly
LARGEST = 10**MOST_BEFORE_COMMA  # of a number in a settings file, as in a cell
LONGEST_NUMBER = 60  # characters worth reading as one number
LONGEST_HEADING = 10_000  # characters; what is longer is no heading, and csv refuses very long cells

MOST_BYTES_OF_CSV = 150_000_000  # as many cells as below, of 50 characters each
MOST_CELLS = 3_000_000  # of a file, blanks between filled cells included: what fits in 2 GB of memory
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of any spreadsheet program
MOST_BYTES_UNPACKED = 400_000_000  # of the parts of a workbook together
MOST_BYTES_OF_SETTINGS = 30_000_000  # of one part of a workbook that is no sheet and holds no texts
MOST_SHEETS = 200  # of a workbook: a sheet an indicator, twice over
MOST_PAGES = 500  # of a PDF: the longest plan of a region, annexes included
MOST_EDGES = 20_000  # of a page of a PDF: lines of tables, four a cell; a drawing has more
MOST_BYTES_OF_BINARY = 60_000_000  # of an old workbook (.xls), which is unpacked into memory whole, and of a PDF
MOST_SECONDS = 90  # to read a workbook: longer than the largest within these limits takes

MOST_BYTES_OF_TEXT = 1_000_000  # of a decree, a settings file or a year's notes: 300 pages, and no picture
MOST_BYTES_OF_EMBLEM = 1_000_000  # of the file: it stands in every paper
MOST_PIXELS = 4000  # of an emblem's width and height, as it comes
PIXELS = 1000  # of an emblem's width and height, as it is printed: 8 cm at 300 dots an inch
MOST_SLENDER = 4  # times that an emblem is longer than it is wide, or wider than it is long
MOST_PIECES, DEEPEST_DRAWING = 20_000, 60  # of a drawing, what it repeats counted each time; groups within groups
LARGEST_OF_DRAWING = 10**6  # a number in it: a program that draws counts in pixels, and fails beyond its own
LONGEST_OF_DRAWING = 200_000  # characters of one path: drawn within seconds
MOST_BYTES_OF_TEMPLATE = 5_000_000  # of a Word file with letterhead and styles
MOST_BYTES_OF_TEMPLATE_UNPACKED = 50_000_000  # of its parts together, pictures included
MOST_PARTS_OF_TEMPLATE = 1000  # a letterhead has some twenty
MOST_LINES = 5  # of a letterhead
DEEPEST = 20  # tables and lists within each other in a settings file; ours needs 5
MOST_PROBLEMS = 100  # told of one settings file: nobody reads more before mending

FIRST_YEAR, LAST_YEAR = 1945, 2100  # of a decree: the republic's first, and more than any plan reaches
MOST_YEARS = 25  # of a decree: the longest plan of a region (RPJPD) has 20
MOST_INDICATORS = 100  # of a decree: an agency has 5 to 30, a whole province's plan some 80
MOST_AREAS = 600  # the country has 514 regencies and cities
MOST_CLASSES = 20  # of a rating scale, and scales beside each other: more colours nobody tells apart
MOST_SIGNERS = 500  # of all times: two roles in LAST_YEAR - FIRST_YEAR years, three a year
LONGEST_NAME = 300  # characters of a label, an area or a class: what stands beside a bar or above a column
LONGEST_ID = 60  # characters of an indicator's id, which names files
LARGEST_PER_CENT = 100_000  # of a limit in judging: a thousand times the target
MOST_PACE = 100  # of a pace that is asked for: a hundred times what is still required
MOST_WORKERS, MOST_TRIES = 256, 100  # of a batch: no machine has more, and what fails so often will not pass
LONGEST_RUN = 7 * 24 * 3600  # seconds that one run of a batch may take: a week
LONGEST_FILE = 240  # bytes of a file's name: systems keep 255, and what is being written has an ending more
