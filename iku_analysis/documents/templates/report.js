// Everything reads without this: it marks the section in view, sorts long tables, and saves tables and figures.
const links = new Map([...document.querySelectorAll("nav.contents a")].map(a => [a.hash.slice(1), a]));
const seen = new IntersectionObserver(entries => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    for (const a of links.values()) a.removeAttribute("aria-current");
    const a = links.get(entry.target.id);
    a.setAttribute("aria-current", "true");
    const nav = a.closest("nav");
    if (nav.scrollHeight > nav.clientHeight) nav.scrollTop = a.offsetTop - nav.clientHeight / 2;
  }
}, { rootMargin: "0px 0px -75% 0px" });
for (const id of links.keys()) seen.observe(document.getElementById(id));

for (const table of document.querySelectorAll("table")) {
  const body = table.tBodies[0];
  if (body.rows.length > 10 && !body.querySelector(".group")) sortable(table);
}

const comma = document.documentElement.lang === "id";
const quoted = text => /[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
const plain = cell => {
  const number = cell.dataset.value;
  return number === undefined ? quoted(cell.textContent.trim()) : comma ? number.replace(".", ",") : number;
};
const give = (content, type, name) => {
  const a = document.createElement("a");
  a.href = URL.createObjectURL(new Blob([content], { type }));
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 10000);
};
const savers = {
  csv(box) {
    const rows = [...box.querySelectorAll("tr")].filter(row => !row.querySelector(".group"));
    const lines = rows.map(row => [...row.cells].map(plain).join(";"));
    give("\ufeff" + lines.join("\r\n") + "\r\n", "text/csv", `${box.id}.csv`);
  },
  png(box) {
    const svg = box.querySelector("svg").cloneNode(true);
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    const style = document.createElementNS(svg.namespaceURI, "style");
    style.textContent = [...document.styleSheets[0].cssRules].filter(rule => rule.type === 5).map(rule => rule.cssText).join("");
    svg.prepend(style);
    svg.setAttribute("width", 3 * width);
    svg.setAttribute("height", 3 * height);
    const picture = new Image();
    picture.onload = () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 3 * width, height: 3 * height });
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0);
      canvas.toBlob(blob => give(blob, "image/png", `${box.id}.png`));
    };
    picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
  },
};
// What a mark says, at the mouse (the nearest, for some are small or lie under a number) and at the keyboard: one stop a
// figure, arrows to the next mark. The title inside it says the same without this.
const tip = Object.assign(document.createElement("div"), { className: "tip", hidden: true });
document.body.append(tip);
const tell = mark => {
  tip.hidden = !mark;
  if (!mark) return;
  const place = mark.getBoundingClientRect();
  tip.textContent = mark.getAttribute("aria-label");
  const half = tip.offsetWidth / 2, middle = place.left + place.width / 2;
  tip.style.left = `${Math.max(half, Math.min(middle, document.body.clientWidth - half)) + scrollX}px`;
  tip.style.top = `${place.top + scrollY}px`;
};
const apart = (mark, x, y) => {
  const { left, right, top, bottom } = mark.getBoundingClientRect();
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
};
for (const figure of document.querySelectorAll("figure")) {
  const marks = [...figure.querySelectorAll(".point")];
  for (const mark of marks.slice(1)) mark.setAttribute("tabindex", "-1");
  figure.addEventListener("mousemove", ({ clientX, clientY }) => {
    const near = marks.map(mark => [apart(mark, clientX, clientY), mark]).sort((a, b) => a[0] - b[0])[0];
    tell(near?.[0] < 12 ? near[1] : null);
  });
  figure.addEventListener("mouseleave", () => tell(null));
  figure.addEventListener("keydown", event => {
    const next = marks[marks.indexOf(event.target) + ({ ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? NaN)];
    if (!marks.includes(event.target) || !next) return;
    event.preventDefault();
    next.focus();
  });
}
document.addEventListener("focusin", event => tell(event.target.closest(".point")));

for (const box of document.querySelectorAll(".save")) box.hidden = false;
document.addEventListener("click", event => {
  const kind = event.target.dataset?.save;
  if (kind) savers[kind](event.target.closest(".table, figure"));
});
