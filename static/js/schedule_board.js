/* Choosing every schedule that waits with one tick. */
const all = document.getElementById("pick-all");
all?.addEventListener("change", () => {
  for (const box of document.querySelectorAll('input[name="versions"]')) box.checked = all.checked;
});
