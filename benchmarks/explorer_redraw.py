"""How long the explorer takes to redraw, as a planner sees it: in Chromium, served by Voila.

From the change of a control until figure, sentence, table and rows are new, measured inside the
page; before that, how long the page takes to open for the second time.

Usage: python benchmarks/explorer_redraw.py [ROUNDS]
"""

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from servers import chromium, open_page, served

# Indicators, by their place in the list: each has rows that the one before it had not, so that all four parts change.
CHOICES = [1, 2, 3, 4, 5, 6, 0]

REDRAW = """option => new Promise(resolve => {
  const select = document.querySelector(".iku-controls select");
  const names = ["figure", "sentence", "table", "rows"];
  const parts = () => names.map(name => document.querySelector(`.iku-${name}`).innerHTML);
  const before = parts(), start = performance.now();
  select.selectedIndex = option;
  select.dispatchEvent(new Event("change", {bubbles: true}));
  const look = () => {
    const all = parts().every((part, place) => part !== before[place]);
    const time = performance.now() - start;
    if (all || time > 30000) resolve(time); else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""


def main() -> None:
    """Go through the choices, so many rounds; print every time, the median and the worst."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with served("explorer", "/", DATA="data/example") as address, chromium() as browser:
        page, _outside = open_page(browser)
        for _time in range(2):
            start = time.perf_counter()
            page.goto(address, timeout=60_000)
            page.locator(".iku-figure svg").wait_for(timeout=60_000)
        print(f"opened again in {time.perf_counter() - start:.1f} s")
        times = [page.evaluate(REDRAW, option) for option in rounds * CHOICES]
    print(" ".join(f"{time:.0f}" for time in times))
    print(f"{len(times)} redraws: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms")


if __name__ == "__main__":
    main()
