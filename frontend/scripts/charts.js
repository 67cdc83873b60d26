// Shows the values of the nearest month under the pointer, read from the table beside the chart.
// The table stays the complete form; this only saves the switch.

function readTable(figure) {
  const table = figure.querySelector(".vw-figure__table table");
  if (!table) return null;
  const labels = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
  const rows = [...table.querySelectorAll("tbody tr")].map((row) =>
    [...row.children].map((cell) => cell.textContent.trim()),
  );
  return rows.length ? { labels, rows } : null;
}

function sentence({ labels, rows }, index) {
  const [name, ...values] = rows[index];
  return `${name} – ${values.map((value, i) => `${labels[i + 1]}: ${value}`).join("; ")}`;
}

function plotBox(svg) {
  const [left, right, top, bottom] = (svg.dataset.plot ?? "").split(" ").map(Number);
  return Number.isFinite(bottom) ? { left, right, top, bottom } : null;
}

function attach(chart) {
  const figure = chart.closest(".vw-figure");
  const readout = figure?.querySelector(".vw-chart__readout");
  const table = figure && readTable(figure);
  if (!readout || !table || readout.dataset.ready) return;
  readout.dataset.ready = "yes";
  const hint = readout.dataset.hint ?? "";
  readout.textContent = hint;

  for (const svg of chart.querySelectorAll("svg[data-plot]")) {
    const box = plotBox(svg);
    const view = svg.viewBox.baseVal;
    if (!box) continue;
    const rule = document.createElementNS("http://www.w3.org/2000/svg", "line");
    rule.setAttribute("class", "vw-chart__rule");
    rule.setAttribute("y1", String(box.top));
    rule.setAttribute("y2", String(box.bottom));

    svg.addEventListener("pointermove", (event) => {
      const bounds = svg.getBoundingClientRect();
      const x = view.x + ((event.clientX - bounds.left) / bounds.width) * view.width;
      const share = Math.min(1, Math.max(0, (x - box.left) / (box.right - box.left)));
      const index = Math.round(share * (table.rows.length - 1));
      const at = box.left + (index / Math.max(1, table.rows.length - 1)) * (box.right - box.left);
      rule.setAttribute("x1", String(at));
      rule.setAttribute("x2", String(at));
      if (!rule.isConnected) svg.append(rule);
      readout.textContent = sentence(table, index);
    });
    svg.addEventListener("pointerleave", () => {
      rule.remove();
      readout.textContent = hint;
    });
  }
}

export function start(root) {
  for (const chart of root.querySelectorAll(".vw-chart[data-hover]")) attach(chart);
}
