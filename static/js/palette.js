/* Ctrl+K: find people, units and pages without leaving the keyboard. The server answers; arrows choose. */

const dialog = document.getElementById("palette");
const field = document.getElementById("palette-q");
const found = document.getElementById("palette-found");

const links = () => [...found.querySelectorAll("a[href]")];
const chosen = () => links().findIndex((link) => link.classList.contains("chosen"));

function choose(index) {
  const all = links();
  if (!all.length) return;
  const next = (index + all.length) % all.length;
  all.forEach((link, at) => {
    link.classList.toggle("chosen", at === next);
    link.setAttribute("aria-selected", String(at === next));
  });
  all[next].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", all[next].id);
}

if (dialog) {
  dialog.addEventListener("palette:show", () => {
    if (dialog.open) return;
    dialog.showModal();
    field.select();
    // The first answer, the pages one reaches, is asked for at once.
    field.dispatchEvent(new Event("palette:open"));
  });

  found.addEventListener("htmx:afterSwap", () => {
    // In the page the answer is headings and lists; under a combobox it is groups of options.
    for (const list of found.querySelectorAll("ul")) {
      list.setAttribute("role", "group");
      list.setAttribute("aria-label", list.previousElementSibling?.textContent ?? "");
    }
    for (const plain of found.querySelectorAll("h2, li")) plain.setAttribute("role", "presentation");
    links().forEach((link, at) => {
      link.id = `palette-${at}`;
      link.setAttribute("role", "option");
      link.tabIndex = -1;
    });
    field.removeAttribute("aria-activedescendant");
    choose(0);
  });

  field.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      choose(chosen() + steps[event.key]);
    } else if (event.key === "Enter" && chosen() >= 0) {
      event.preventDefault();
      links()[chosen()].click();
    }
  });
}
