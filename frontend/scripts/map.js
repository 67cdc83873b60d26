// Lights up the relations of the insight under the pointer or with the focus.

function attach(map) {
  if (map.dataset.ready) return;
  map.dataset.ready = "yes";
  const parts = [...map.querySelectorAll("[data-from], [data-node]")];

  function choose(number) {
    map.classList.toggle("has-choice", Boolean(number));
    const related = new Set([number]);
    for (const part of parts) {
      const { from, to } = part.dataset;
      const touches = from !== undefined && (from === number || to === number);
      if (touches) related.add(from).add(to);
      part.classList.toggle("is-related", touches);
    }
    for (const part of parts) {
      if (part.dataset.node !== undefined) {
        part.classList.toggle("is-related", related.has(part.dataset.node));
      }
    }
  }

  for (const node of map.querySelectorAll("[data-node]")) {
    node.addEventListener("pointerenter", () => choose(node.dataset.node));
    node.addEventListener("pointerleave", () => choose(""));
    node.addEventListener("focus", () => choose(node.dataset.node));
    node.addEventListener("blur", () => choose(""));
  }
}

export function start(root) {
  for (const map of root.querySelectorAll(".vw-map")) attach(map);
}
