/* Behaviour of the frame on every page: dialogs, menus that close, dismissals, refusals of HTMX requests, the palette's key. */
const body = document.body;
const MARKS = {
  success: "m4.5 12.5 5 5 10-11",
  error: "M8 3.5h8l4.5 4.5v8L16 20.5H8L3.5 16V8zM12 7.5v5.5M12 16.2v.2",
  warning: "M12 3.5 2.5 20h19zM12 10v4.5M12 17.2v.2",
  info: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 11v5.5M12 7.5v.2",
};

function drawing(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const attributes = { class: "icon", viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": "1.8", "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true" };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** Show one sentence at the top of the page; the region is announced to screen readers. */
function say(level, text) {
  const region = document.getElementById("messages");
  if (!region || [...region.children].some((alert) => alert.textContent.trim() === text)) return;
  const alert = document.createElement("div");
  alert.className = `alert ${level}`;
  const sentence = document.createElement("p");
  sentence.textContent = text;
  const close = document.createElement("button");
  close.className = "close";
  close.type = "button";
  close.dataset.dismiss = "";
  close.setAttribute("aria-label", body.dataset.close);
  close.append(drawing("m5.5 5.5 13 13M18.5 5.5l-13 13"));
  alert.append(drawing(MARKS[level] ?? MARKS.info), sentence, close);
  region.append(alert);
  region.scrollIntoView({ block: "nearest" });
}

/** The palette lives in its own module; without it (signed out) the link to the search page does. */
function openPalette() {
  const palette = document.getElementById("palette");
  if (palette) palette.dispatchEvent(new Event("palette:show"));
}

/** On a phone the rail is a sheet above the bar. */
function showRail(open) {
  document.getElementById("rail")?.classList.toggle("open", open);
  document.querySelector("[data-more]")?.setAttribute("aria-expanded", String(open));
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-closes][open]")) {
    if (menu !== except) menu.open = false;
  }
}

// A long rail shows the page one is on.
const rail = document.querySelector(".shell > .rail");
const here = rail?.querySelector("[aria-current]");
if (here && here.offsetTop + here.offsetHeight > rail.clientHeight) rail.scrollTop = here.offsetTop - rail.clientHeight / 2;

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return;
  closeMenus(target.closest("details[data-closes]"));
  const more = target.closest("[data-more]");
  if (more) event.preventDefault();
  if (!target.closest("#rail")) showRail(Boolean(more) && more.getAttribute("aria-expanded") !== "true");
  target.closest("[data-dismiss]")?.closest(".alert")?.remove();
  const opener = target.closest("[data-open-dialog]");
  if (opener) document.getElementById(opener.dataset.openDialog)?.showModal();
  target.closest("[data-close-dialog]")?.closest("dialog")?.close();
  // The veil behind a dialog is the dialog element itself.
  if (target instanceof HTMLDialogElement && target.matches(".sheet, .palette")) {
    const box = target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) target.close();
  }
  if (target.closest("[data-palette]") && document.getElementById("palette") && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    openPalette();
  }
});

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
  }
  if (event.key === "Escape") {
    const open = document.querySelector("details[data-closes][open]");
    if (open) {
      open.open = false;
      open.querySelector("summary")?.focus();
    }
    if (document.querySelector('[data-more][aria-expanded="true"]')) {
      showRail(false);
      document.querySelector("[data-more]").focus();
    }
  }
});

document.addEventListener("submit", (event) => {
  const question = event.target.dataset?.confirm;
  if (question && !window.confirm(question)) {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);

document.addEventListener("change", (event) => {
  event.target.closest?.("form[data-autosubmit]")?.requestSubmit();
});

body.addEventListener("k9:say", (event) => say(event.detail.level, event.detail.text));
body.addEventListener("htmx:responseError", (event) => {
  const waiting = event.detail.target?.matches(".slot") ? event.detail.target.querySelector(".waits") : null;
  if (waiting) {
    // A card that failed says so in its own place; the rest of the page stands.
    const sentence = document.createElement("p");
    sentence.textContent = body.dataset.failed;
    sentence.className = "muted";
    waiting.querySelectorAll(".bone").forEach((bone) => bone.remove());
    waiting.removeAttribute("aria-busy");
    waiting.append(sentence);
    return;
  }
  say("error", event.detail.xhr.status === 403 ? body.dataset.forbidden : body.dataset.failed);
});
body.addEventListener("htmx:sendError", () => say("warning", body.dataset.offline));

// A session that has ended answers a fragment with the sign-in page: show it whole instead of inside a card.
body.addEventListener("htmx:beforeSwap", (event) => {
  const answer = event.detail.xhr;
  if (answer.status < 400 && answer.responseText.trimStart().toLowerCase().startsWith("<!doctype")) {
    event.detail.shouldSwap = false;
    window.location.assign(answer.responseURL || window.location.href);
  }
});

// Over HTTPS or on this machine, one page is kept for the time without a connection.
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/sw.js").catch(() => undefined);
}
