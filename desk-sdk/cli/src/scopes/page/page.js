"use strict";
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const one = (id) => document.getElementById(id);
  const form = one("controls");
  const find = one("find");
  const used = one("used");
  const risks = ["safe", "write", "outbound", "destructive"];
  const families = all(".family").map((details) => ({
    details,
    number: details.querySelector(".number"),
    body: details.querySelector("tbody"),
    rows: all("tbody tr", details).map((row) => ({
      row,
      name: row.querySelector("b").textContent,
      risk: row.dataset.risk,
      method: row.dataset.method,
      path: row.dataset.path,
      scope: row.dataset.needs,
      text: (row.querySelector("th").textContent + " " + row.dataset.needs).toLowerCase(),
      used: row.classList.contains("used"),
    })),
  }));
  const buttons = all(".overview button");
  const several = (number) => (number === 1 ? "1 operation" : number + " operations");
  let chosen = null;

  const needsArea = (row, area) => (row.scope + " ").includes(area + ".");

  function filter() {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const method = one("method").value;
    const allowed = all("input[name=risk]:checked", form).map((box) => box.value);
    const onlyUsed = used !== null && used.checked;
    let shown = 0;
    for (const family of families) {
      let here = 0;
      for (const entry of family.rows) {
        const fits =
          allowed.includes(entry.risk) &&
          (method === "" || method === entry.method) &&
          (!onlyUsed || entry.used) &&
          words.every((word) => entry.text.includes(word)) &&
          (chosen === null ||
            (chosen.dataset.family === family.details.dataset.family && needsArea(entry, chosen.dataset.area)));
        entry.row.hidden = !fits;
        here += fits ? 1 : 0;
      }
      family.details.hidden = here === 0;
      family.number.textContent = several(here);
      shown += here;
    }
    one("shown").textContent = several(shown) + (chosen === null ? "" : " with " + chosen.dataset.area);
    one("nothing").hidden = shown > 0;
  }

  function sort() {
    const key = one("sort").value;
    const value = (entry) => (key === "risk" ? risks.length - risks.indexOf(entry.risk) : entry[key]);
    const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    for (const family of families) {
      family.rows.sort((a, b) => order(value(a), value(b)) || order(a.name, b.name));
      family.body.append(...family.rows.map((entry) => entry.row));
    }
  }

  function choose(button) {
    chosen = chosen === button ? null : button;
    for (const other of buttons) other.setAttribute("aria-pressed", String(other === chosen));
    filter();
    if (chosen !== null) {
      const family = one("family-" + chosen.dataset.family);
      family.open = true;
      form.scrollIntoView({ block: "start" });
    }
  }

  // The overview is one stop of the Tab key; arrows move within it.
  function move(event) {
    const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const cell = event.target.closest("td");
    const rows = all(".overview tbody tr");
    let row = rows.indexOf(cell.parentElement);
    let column = cell.cellIndex;
    for (;;) {
      row += step[0];
      column += step[1];
      const next = rows[row] && rows[row].cells[column];
      if (!next || column === 0) return;
      const button = next.querySelector("button");
      if (button) {
        event.target.tabIndex = -1;
        button.tabIndex = 0;
        button.focus();
        return;
      }
    }
  }

  buttons.forEach((button, position) => {
    button.tabIndex = position === 0 ? 0 : -1;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => choose(button));
    button.addEventListener("keydown", move);
  });
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", filter);
  one("sort").addEventListener("change", sort);
  form.addEventListener("reset", () => {
    chosen = null;
    for (const button of buttons) button.setAttribute("aria-pressed", "false");
    // The fields have their first values only after this event.
    setTimeout(() => {
      if (used !== null) used.checked = false;
      sort();
      filter();
    });
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest && event.target.closest("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      find.focus();
    } else if (event.key === "Escape" && chosen !== null) {
      choose(chosen);
    }
  });
  window.addEventListener("beforeprint", () => families.forEach((family) => (family.details.open = true)));
  filter();
})();
