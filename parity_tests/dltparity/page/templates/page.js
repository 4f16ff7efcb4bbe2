"use strict";
for (const part of document.querySelectorAll(".script")) part.hidden = false;

for (const button of document.querySelectorAll("[data-fold]")) {
  button.addEventListener("click", () => {
    for (const part of document.querySelectorAll("details")) part.open = button.dataset.fold === "open";
  });
}

// A cell opens the fields of its row beneath it, and closes them again.
for (const map of document.querySelectorAll(".map")) {
  map.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const part = link && document.getElementById(link.hash.slice(1));
    if (!part || !part.classList.contains("case")) return;
    event.preventDefault();
    const row = link.closest("tr");
    if (part.closest("tr")) {
      const opened = part.closest("tr");
      part.open = false;
      document.getElementById("fields").append(part);
      opened.remove();
      return;
    }
    const below = document.createElement("tr");
    below.className = "opened";
    const cell = below.insertCell();
    cell.colSpan = row.cells.length;
    cell.append(part);
    row.after(below);
    part.open = true;
    part.querySelector("summary").focus();
  });
}

for (const form of document.querySelectorAll(".filters")) {
  const rows = [...document.querySelectorAll(".map tr[data-case]")];
  const fields = form.elements;
  const filter = () => {
    const text = fields.text.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      const fits =
        (!fields.verdict.value || row.dataset.verdict === fields.verdict.value) &&
        (!fields.class.value || row.dataset.class === fields.class.value) &&
        (row.cells[0].textContent + " " + row.cells[1].textContent).toLowerCase().includes(text);
      row.hidden = !fits;
      shown += fits;
      const below = row.nextElementSibling;
      if (below && below.className === "opened") below.hidden = !fits;
    }
    form.querySelector("output").textContent = `${shown} of ${rows.length} shown`;
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
}
