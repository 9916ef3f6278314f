/* The keyboard of the inbox: J and K move, X chooses, A approves, B returns, T rejects, Z takes back. */

let place = 0;
let intent = "";

const rows = () => [...document.querySelectorAll("tr[data-entry]")];
const boxOf = (row) => row?.querySelector("input[name=entry]");

function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || ["TEXTAREA", "SELECT"].includes(target.tagName) || (target.tagName === "INPUT" && target.type !== "checkbox"));
}

function show(focus) {
  const all = rows();
  place = Math.max(0, Math.min(place, all.length - 1));
  all.forEach((row, index) => row.classList.toggle("here", index === place));
  if (focus && all[place]) {
    all[place].focus({ preventScroll: true });
    all[place].scrollIntoView({ block: "nearest" });
  }
  count();
}

function chosen() {
  return rows().filter((row) => boxOf(row)?.checked);
}

/** The button says how many it would approve: the chosen ones, or all that wait. */
function count() {
  const button = document.querySelector("[data-deed=APPROVE]");
  const label = button?.querySelector("[data-label]");
  if (label) label.textContent = `${button.dataset.one} ${chosen().length || rows().length}`;
}

function move(by) {
  const next = place + by;
  if (next >= rows().length) document.querySelector("[data-next]")?.click();
  else {
    place = Math.max(0, next);
    show(true);
  }
}

/** A key acts on what is chosen, else on the row that is lit. */
function choose() {
  if (!chosen().length) {
    const box = boxOf(rows()[place]);
    if (box) box.checked = true;
  }
  count();
  return chosen().length > 0;
}

function press(deed) {
  // A click, not requestSubmit: HTMX sends the name of the button that was clicked.
  document.querySelector(`[data-deed=${deed}]`)?.click();
}

function refuse(deed) {
  if (!choose()) return;
  const details = document.getElementById("refuse");
  details.open = true;
  intent = deed;
  document.getElementById("reason").focus();
}

function tick() {
  const box = boxOf(rows()[place]);
  if (!box) return;
  box.checked = !box.checked;
  count();
}

const DEEDS = {
  j: () => move(1),
  k: () => move(-1),
  x: tick,
  a: () => choose() && press("APPROVE"),
  b: () => refuse("RETURN"),
  t: () => refuse("REJECT"),
  z: () => document.getElementById("undo")?.requestSubmit(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (isTyping(event.target)) {
    if (event.target.id !== "reason") return;
    if (event.key === "Enter") {
      event.preventDefault();
      press(intent || "RETURN");
    } else if (event.key === "Escape") {
      document.getElementById("refuse").open = false;
      show(true);
    }
    return;
  }
  const deed = DEEDS[event.key.toLowerCase()];
  if (deed) {
    event.preventDefault();
    deed();
  }
});

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const reason = target?.closest("[data-reason]");
  if (reason) {
    document.getElementById("reason").value = reason.dataset.reason;
    document.getElementById("reason").focus();
    return;
  }
  const row = target?.closest("tr[data-entry]");
  if (row && !target.closest("a, input, button")) {
    place = rows().indexOf(row);
    show(false);
  }
});

document.addEventListener("change", (event) => {
  if (event.target instanceof Element && event.target.matches("input[name=entry]")) count();
});

/* The offer to take back goes when its minute is over. */
window.setInterval(() => {
  const undo = document.getElementById("undo");
  if (undo && Date.now() / 1000 > Number(undo.dataset.until)) undo.remove();
}, 1000);

/** The count in the rail and in the phone bar follows the inbox. */
function tellRail() {
  const waiting = document.getElementById("inbox").dataset.count;
  for (const badge of document.querySelectorAll(`nav a[href="${location.pathname}"] .count`)) {
    if (waiting === "0") badge.remove();
    else if (badge.firstChild?.nodeType === Node.TEXT_NODE) badge.firstChild.nodeValue = waiting;
  }
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt?.id !== "inbox") return;
  tellRail();
  intent = "";
  show(true);
});

show(false);
