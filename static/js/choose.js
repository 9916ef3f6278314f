/* Ticking all rows of a page that wait (the others only one by one), and printing. */
for (const master of document.querySelectorAll("[data-choose-all]")) {
  const boxes = [...master.form.querySelectorAll(`input[type="checkbox"][name="${master.dataset.chooseAll}"][data-waits]`)];
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    master.checked = ticked > 0 && ticked === boxes.length;
    master.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  master.disabled = boxes.length === 0;
  master.addEventListener("change", () => boxes.forEach((box) => { box.checked = master.checked; }));
  boxes.forEach((box) => box.addEventListener("change", show));
  show();
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
