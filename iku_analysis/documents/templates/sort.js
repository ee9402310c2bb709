"use strict";
// A table whose headings sort its rows: by the numbers behind the cells, which come first, else by their words.
const value = cell => cell.dataset.value === undefined ? cell.textContent.trim() : Number(cell.dataset.value);
const compare = (a, b) => typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === "number" ? -1 : 1;
const sortable = table => {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((head, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].sort((a, b) => compare(value(a.cells[place]), value(b.cells[place])));
      body.append(...(down ? rows.reverse() : rows));
    });
  });
};

