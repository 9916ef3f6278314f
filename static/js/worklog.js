/* The keyboard of the log: N new, Ctrl+Enter save, arrows to other days, Esc leaves an entry; drafts survive a lost page. */

const form = () => document.getElementById("new-entry");
const KEPT = ["start", "end", "activity", "quantity", "output_unit", "kind", "from_home", "evidence_link"];

function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}

function focusNew() {
  const field = form()?.elements.namedItem("activity");
  if (!field) return;
  field.focus();
  field.scrollIntoView({ block: "nearest" });
}

function step(days) {
  const links = [...document.querySelectorAll(".strip.week a")];
  const place = links.findIndex((link) => link.getAttribute("aria-current") === "date");
  const next = links[place + days];
  if (next) next.click();
  else document.querySelector(days < 0 ? "[data-go='earlier-week']" : "[data-go='later-week']")?.click();
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    const own = event.target instanceof Element ? event.target.closest("form.entry-form") : null;
    if (own) {
      event.preventDefault();
      own.requestSubmit();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && isTyping(event.target)) {
    const cancel = event.target.closest("#edit-entry")?.querySelector("[data-cancel]");
    if (cancel) cancel.click();
    else event.target.blur();
    return;
  }
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const deeds = { n: focusNew, ArrowLeft: () => step(-1), ArrowRight: () => step(1) };
  const deed = deeds[event.key] ?? deeds[event.key.toLowerCase()];
  if (deed) {
    event.preventDefault();
    deed();
  }
});

/* ---- a half-written entry is kept in this browser until it is sent ---- */

const key = () => `log-draft:${document.getElementById("log")?.dataset.day}`;

function keep() {
  const own = form();
  if (!own) return;
  const values = Object.fromEntries(KEPT.map((name) => [name, own.elements.namedItem(name)?.value ?? ""]));
  if (values.activity.trim()) localStorage.setItem(key(), JSON.stringify(values));
  else localStorage.removeItem(key());
}

function restore() {
  const own = form();
  const kept = localStorage.getItem(key());
  if (!own || !kept || own.elements.namedItem("activity").value) return;
  for (const [name, value] of Object.entries(JSON.parse(kept))) {
    const field = own.elements.namedItem(name);
    if (field) field.value = value;
  }
}

let pause = 0;
document.addEventListener("input", (event) => {
  if (event.target instanceof Element && event.target.closest("#new-entry")) {
    window.clearTimeout(pause);
    pause = window.setTimeout(keep, 400);
  }
});

document.addEventListener("submit", (event) => {
  if (event.target instanceof Element && event.target.id === "new-entry") window.clearTimeout(pause);
});

document.addEventListener("htmx:afterSettle", (event) => {
  const source = event.detail.requestConfig?.elt;
  const went = (event.detail.xhr?.status ?? 200) < 400;
  if (source?.id === "new-entry") {
    if (went) localStorage.removeItem(key());
    focusNew();
  } else if (source?.matches?.("[data-edit]")) {
    document.querySelector("#edit-entry [name=activity]")?.focus();
  } else if (source?.matches?.("[data-favourite]")) {
    focusNew();
  } else if (source?.matches?.(".strip.week a")) {
    restore();
  }
});

restore();
if (new URLSearchParams(location.search).has("ubah")) document.querySelector("#edit-entry [name=activity]")?.focus();
