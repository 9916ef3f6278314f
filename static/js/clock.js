/* The clock card: server time that ticks, and the sheet that shows place, distance and accuracy before a press.
   Without this module the same form is sent as it stands. */

const EARTH = 6371009;
const WAIT_MS = 10000;

const rad = (degrees) => (degrees * Math.PI) / 180;

/** Great-circle distance in whole metres. */
export function metresBetween(a, b) {
  const chord =
    Math.sin(rad(b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * Math.sin(rad(b.longitude - a.longitude) / 2) ** 2;
  return Math.round(2 * EARTH * Math.asin(Math.min(1, Math.sqrt(chord))));
}

/** The location whose edge is nearest, with the distance to its centre; null where none is recorded. */
export function nearestFence(fix, fences) {
  const measured = fences.map((fence) => ({ fence, distance: metresBetween(fix, fence) }));
  measured.sort((a, b) => a.distance - a.fence.radius_metres - (b.distance - b.fence.radius_metres) || a.fence.name.localeCompare(b.fence.name));
  return measured[0] ?? null;
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const number = (value) => new Intl.NumberFormat(document.documentElement.lang).format(value);

/** A name for this browser, made once; it identifies the device, not the person. */
function deviceId() {
  try {
    let id = localStorage.getItem("k9-device");
    if (!id) {
      id = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
      localStorage.setItem("k9-device", id);
    }
    return id;
  } catch {
    return "";
  }
}

const form = () => document.querySelector("form[data-clock]");
const sheet = () => document.getElementById("clock-sheet");

/* ---- time ---- */

/** Milliseconds the server is ahead of this device, measured once per card. */
function skewOf(clock) {
  if (!clock.dataset.skew) clock.dataset.skew = String(Date.parse(clock.dataset.now) - Date.now());
  return Number(clock.dataset.skew);
}

function tick() {
  const clock = form();
  if (!clock) return;
  const now = new Date(Date.now() + skewOf(clock));
  const options = { timeZone: clock.dataset.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const language = document.documentElement.lang;
  for (const shown of document.querySelectorAll("[data-ticks]")) {
    const parts = shown.dataset.ticks === "seconds" ? { ...options, second: "2-digit" } : options;
    const text = new Intl.DateTimeFormat(language, parts).format(now);
    if (shown.textContent !== text) shown.textContent = text;
  }
}

/* ---- place ---- */

function show(state, text, more = "") {
  const box = sheet()?.querySelector("[data-fix]");
  if (!box) return;
  box.dataset.state = state;
  box.querySelector("[data-fix-text]").textContent = text;
  box.querySelector("[data-fix-more]").textContent = more;
}

function write(values) {
  const clock = form();
  if (!clock) return;
  for (const [name, value] of Object.entries(values)) clock.elements[name].value = value;
}

function located(position) {
  const words = sheet()?.dataset;
  const clock = form();
  if (!words || !clock) return;
  const { latitude, longitude, accuracy } = position.coords;
  write({
    latitude: latitude.toFixed(6),
    longitude: longitude.toFixed(6),
    accuracy: Math.round(accuracy),
    fix_age: Math.max(0, Math.round((Date.now() - position.timestamp) / 1000)),
    is_denied: "",
    provider: "browser",
  });
  const more = fill(words.accuracy, { accuracy: number(Math.round(accuracy)) });
  if ("lifted" in clock.dataset) return show("free", words.free, more);
  const nearest = nearestFence({ latitude, longitude }, JSON.parse(clock.dataset.fences || "[]"));
  if (!nearest) return show("free", words.unknown, more);
  if (accuracy > 500) return show("review", fill(words.poor, { accuracy: number(Math.round(accuracy)) }));
  const beyond = Math.round(nearest.distance - nearest.fence.radius_metres - accuracy);
  const values = { place: nearest.fence.name, distance: number(beyond > 0 ? beyond : nearest.distance) };
  return beyond > 0 ? show("review", fill(words.outside, values), more) : show("inside", fill(words.inside, values), more);
}

function notLocated(error) {
  const words = sheet()?.dataset;
  if (!words) return;
  const denied = error?.code === 1;
  write({ latitude: "", longitude: "", accuracy: "", fix_age: "", is_denied: denied ? "1" : "" });
  show("review", denied ? words.denied : words.none);
}

function locate() {
  show("locating", sheet().dataset.locating);
  if (!navigator.geolocation) return notLocated(null);
  navigator.geolocation.getCurrentPosition(located, notLocated, { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 0 });
}

/* ---- press ---- */

document.addEventListener("click", (event) => {
  const opener = event.target instanceof Element ? event.target.closest("[data-clock-open]") : null;
  if (!opener || !sheet()) return;
  event.preventDefault();
  write({ device_id: deviceId() });
  sheet().showModal();
  tick();
  locate();
});

document.addEventListener("submit", (event) => {
  if (event.target instanceof HTMLFormElement && "clock" in event.target.dataset) sheet()?.close();
});

/* A card left open for hours may promise the wrong press: ask again when somebody comes back to it. */
const STALE_MS = 5 * 60 * 1000;
let drawnAt = Date.now();
document.addEventListener("htmx:afterSwap", () => { drawnAt = Date.now(); });
document.addEventListener("visibilitychange", () => {
  const card = document.getElementById("clock-card");
  if (document.visibilityState !== "visible" || !card || sheet()?.open || Date.now() - drawnAt < STALE_MS) return;
  drawnAt = Date.now();
  window.htmx?.ajax("GET", card.dataset.url, { target: "#clock-card", swap: "outerHTML" });
});

setInterval(tick, 1000);
tick();
