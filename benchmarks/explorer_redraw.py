"""How long the explorer takes to redraw, as a planner sees it: in Chromium, served by Voila.

From the change of a control until figure, sentence, table and rows are new and the picture is
decoded, measured inside the page. Usage: python benchmarks/explorer_redraw.py [ROUNDS]
"""

import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from servers import chromium, open_page, served

# Each choice has rows that the one before it had not, so that all four parts are seen to change.
CHOICES = {"seluruh provinsi": [1, 2, 3, 4, 5, 6, 0], "Jakarta Barat": [1, 5, 1, 5]}

REDRAW = """([control, option]) => new Promise(resolve => {
  const select = document.querySelectorAll(".iku-controls select")[control];
  const names = ["figure", "sentence", "table", "rows"];
  const parts = () => names.map(name => document.querySelector(`.iku-${name}`).innerHTML);
  const before = parts(), start = performance.now();
  select.selectedIndex = option;
  select.dispatchEvent(new Event("change", {bubbles: true}));
  const look = () => {
    const image = document.querySelector(".iku-figure img");
    const all = parts().every((part, place) => part !== before[place]) && image.complete && image.naturalWidth > 0;
    const time = performance.now() - start;
    if (all || time > 30000) resolve(time); else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""


def main() -> None:
    """Go through the choices, so many rounds; print every time, the median and the worst."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    times = []
    with served("explorer", "/", DATA="data/example") as address, chromium() as browser:
        page, _outside = open_page(browser)
        page.goto(address, timeout=60_000)
        page.locator(".iku-figure img").wait_for(timeout=60_000)
        for area, options in rounds * list(CHOICES.items()):
            page.locator(".iku-controls select").nth(1).select_option(label=area)
            page.wait_for_timeout(1000)
            for option in options:
                times.append(page.evaluate(REDRAW, [0, option]))
    print(" ".join(f"{time:.0f}" for time in times))
    print(f"{len(times)} redraws: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms")


if __name__ == "__main__":
    main()
