/* The grid: one cell at a time by click or keyboard, each change judged by the server at once. */
const grid = document.getElementById("roster");
const url = grid?.dataset.url;
const cells = () => [...grid.querySelectorAll("td[data-c]")];

function cellAt(person, position) {
  return grid.querySelector(`tr[data-person="${person}"] td[data-c="${position}"]`);
}

async function send(cell, change) {
  if (cell.classList.contains("waits")) return;
  cell.classList.add("waits");
  const values = { person: cell.closest("tr").dataset.person, position: cell.dataset.c, ...change };
  try {
    await htmx.ajax("POST", url, { values, target: "#findings", swap: "outerHTML" });
  } finally {
    cell.classList.remove("waits");
  }
}

const toggle = (cell) => send(cell, { home: !cell.classList.contains("H") });
const lock = (cell) => send(cell, { locked: !cell.classList.contains("locked") });

function paint(detail) {
  const cell = cellAt(detail.person, detail.position);
  if (cell) {
    cell.textContent = detail.mark;
    cell.title = detail.words;
    cell.classList.toggle("H", detail.letter === "H");
    cell.classList.toggle("locked", detail.locked);
    cell.closest("tr").querySelector(".sum b").textContent = detail.home;
  }
  for (const lamp of detail.lamps) {
    for (const row of grid.querySelectorAll(`tr[data-lamp="${lamp.row}"]`)) {
      const box = row.cells[detail.position + 1];
      box.textContent = lamp.text;
      box.className = lamp.state || "X";
    }
  }
}

/** The next free cell from `cell` in a direction; rows and columns without a choice are passed over. */
function neighbour(cell, rows, columns) {
  if (columns) {
    let next = cell;
    do next = columns > 0 ? next.nextElementSibling : next.previousElementSibling;
    while (next && !next.dataset.c);
    return next;
  }
  let line = cell.closest("tr");
  while ((line = rows > 0 ? line.nextElementSibling : line.previousElementSibling)) {
    const next = line.querySelector(`td[data-c="${cell.dataset.c}"]`);
    if (next) return next;
  }
  return null;
}

function focusCell(cell) {
  for (const other of grid.querySelectorAll('td[tabindex="0"]')) other.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus();
}

if (url) {
  const first = cells()[0];
  if (first) first.tabIndex = 0;
  grid.addEventListener("click", (event) => {
    const cell = event.target.closest("td[data-c]");
    if (!cell) return;
    focusCell(cell);
    if (event.shiftKey) lock(cell);
    else toggle(cell);
  });
  grid.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td[data-c]");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (steps) {
      event.preventDefault();
      const next = neighbour(cell, ...steps);
      if (next) focusCell(next);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      toggle(cell);
    } else if (event.key.toLowerCase() === "l") {
      lock(cell);
    }
  });
  document.body.addEventListener("k9:cell", (event) => paint(event.detail));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-jump]");
  if (!link || !grid) return;
  const row = grid.querySelector(`tr[data-person="${link.dataset.jump}"]`);
  if (!row) return;
  event.preventDefault();
  const day = Number(link.dataset.day.slice(8, 10));
  const cell = (day && row.cells[day]) || row.cells[0];
  cell.scrollIntoView({ block: "center", inline: "center" });
  cell.classList.add("found");
  if (cell.dataset.c) focusCell(cell);
  setTimeout(() => cell.classList.remove("found"), 4000);
});
