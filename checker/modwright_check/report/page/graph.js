/* The graph of the modules, drawn in layers. */

const graphPlace = document.getElementById("graph");
if (graphPlace) drawGraph(graphPlace);

function drawGraph(place) {
  const SVG = "http://www.w3.org/2000/svg";
  const AT_FIRST = 60; // boxes that one can still take in
  const FEW = 150; // arrows that can be told apart; each is then led around the boxes
  const [GAP, ROW, MARGIN, INDENT] = [12, 40, 26, 8];
  const INVITATION = "Point at a module, or move to it, to see what it imports and who imports it.";

  const modules = report.modules;
  const edges = edgesOf(modules, report.cycles);
  const inCycle = new Set(report.cycles.flat());
  const nodes = packageTree(modules, inCycle);
  const packages = nodes.filter((node) => node.children.length);
  let open = opened(nodes, AT_FIRST);
  const pen = document.createElement("canvas").getContext("2d");
  const says = document.getElementById("graph-says");
  const shapes = new Map(); // a node's name -> its <g>
  let held = null; // the box that was chosen by a click

  const make = (parent, tag, attributes, text) => {
    const element = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    parent.append(element);
    return element;
  };

  const label = ({ node }) => {
    const parts = node.name.split(".");
    const short = node.parent ? parts.slice(1).join(".") : node.name;
    const name = short.length > 26 ? `\u2026${short.slice(-25)}` : short;
    const sign = { ok: "", warning: "! ", error: "\u2717 " }[state(node)];
    if (!node.children.length) return sign + name;
    return open.has(node) ? `${sign}${name} \u2212` : `${sign}${name} (${node.size}) +`;
  };
  const state = (node) =>
    open.has(node) || !node.children.length ? modules[node.module].status : node.worst;
  const circular = (node) =>
    open.has(node) || !node.children.length ? inCycle.has(node.module) : node.cycle;

  function draw() {
    const { boxes, arrows } = boxesAndArrows(nodes, open, edges);
    setLayers(boxes);
    const joined = boxes.filter((box) => box.above.size || box.below.size);
    const alone = boxes.filter((box) => !joined.includes(box));
    const width = Math.max(280, place.clientWidth);
    pen.font = "12px ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace";
    for (const box of boxes) {
      box.text = label(box);
      box.width = Math.ceil(pen.measureText(box.text).width) + 20;
    }
    const groups = arrange(joined, arrows, alone, width - 2 * INDENT);

    const svg = document.createElementNS(SVG, "svg");
    const defs = make(svg, "defs", {});
    const tip = { id: "tip", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7 };
    const marker = make(defs, "marker", { ...tip, orient: "auto", markerUnits: "userSpaceOnUse" });
    make(marker, "path", { d: "M0,0 L8,4 L0,8 z", fill: "context-stroke" });
    const ground = make(svg, "g", { "aria-hidden": "true" });
    const lines = make(svg, "g", { "aria-hidden": "true" });
    const front = make(svg, "g", {});

    let y = 0;
    for (const { rows, name } of groups) {
      const band = { x: 0, y, width, height: 20 + ROW * rows.length, rx: 8, class: "layer" };
      make(ground, "rect", band);
      make(ground, "text", { x: INDENT, y: y + 14, class: "layer-name" }, name);
      y += 20;
      for (const row of rows) {
        for (const box of row) Object.assign(box, { x: box.centre - box.width / 2 + INDENT, y });
        y += ROW;
      }
      y += MARGIN;
    }
    const height = Math.max(0, y - MARGIN);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    if (arrows.length > FEW) svg.classList.add("many");

    for (const arrow of arrows) {
      const classes = arrow.cycle ? "edge cycle" : "edge";
      arrow.line = make(lines, "path", { d: arrowPath(arrow), class: classes, "marker-end": "url(#tip)" });
    }
    shapes.clear();
    for (const box of groups.flatMap(({ rows }) => rows.flat())) {
      if (box.node) shapes.set(box.node.name, shape(front, box));
    }
    for (const box of boxes) {
      const mine = arrows.filter(({ upper, lower }) => upper === box || lower === box);
      const show = () => light(svg, box, mine);
      const element = shapes.get(box.node.name);
      element.addEventListener("pointerenter", show);
      element.addEventListener("focus", show);
      element.addEventListener("pointerleave", () => restore(svg));
      element.addEventListener("blur", () => restore(svg));
      element.addEventListener("click", () => choose(box));
      box.show = show;
    }
    svg.addEventListener("click", (event) => {
      if (event.target.closest(".node")) return;
      held = null;
      restore(svg);
    });
    // Before the old boxes go: the one that has the focus is told when it does.
    held = held && boxes.find((box) => box.node === held.node);
    place.replaceChildren(svg);
    const first = front.querySelector(".node");
    if (first) first.setAttribute("tabindex", "0");
  }

  /* Return the layers as rows of boxes, the highest first, and those that stand alone last. */
  function arrange(joined, arrows, alone, available) {
    const layers = orderedLayers(withWaypoints(joined, arrows, arrows.length > FEW ? 0 : GAP));
    const groups = layers.map((layer, i) => ({
      rows: rowsOf(layer, available, GAP),
      name: `layer ${layers.length - i}`,
    }));
    if (alone.length) {
      const sorted = withWaypoints(alone, [], 0).sort(byName);
      groups.push({ rows: rowsOf(sorted, available, GAP), name: "no imports among these" });
    }
    setCentres(groups.flatMap(({ rows }) => rows), available, GAP);
    return groups;
  }

  function shape(front, box) {
    const { node } = box;
    const expandable = node.children.length > 0;
    const element = make(front, "g", {
      class: `node ${state(node)}${circular(node) ? " cycle" : ""}`,
      role: "button",
      tabindex: "-1",
      "aria-label": sentence(box),
      "data-name": node.name,
      "data-layer": box.layer,
      transform: `translate(${box.x},${box.y})`,
    });
    if (expandable) element.setAttribute("aria-expanded", String(open.has(node)));
    make(element, "rect", { width: box.width, height: HEIGHT, rx: expandable ? 4 : 13 });
    make(element, "text", { x: 10, y: 17 }, box.text);
    make(element, "title", {}, node.name);
    return element;
  }

  function light(svg, box, arrows) {
    dim(svg);
    svg.classList.add("lit");
    shapes.get(box.node.name).classList.add("lit");
    for (const { upper, lower, line } of arrows) {
      for (const end of [upper, lower]) shapes.get(end.node.name).classList.add("lit");
      line.classList.add("lit");
    }
    says.textContent = sentence(box);
  }

  function dim(svg) {
    for (const element of svg.querySelectorAll(".lit")) element.classList.remove("lit");
    svg.classList.remove("lit");
  }

  function restore(svg) {
    dim(svg);
    if (held) held.show();
    else says.textContent = INVITATION;
  }

  function sentence({ node, above, below }) {
    const names = (boxes) => {
      const all = [...boxes.keys()].map((box) => box.node.name).sort();
      return all.length > 12 ? `${all.slice(0, 12).join(", ")} and ${all.length - 12} more` : all.join(", ");
    };
    const closed = node.children.length && !open.has(node);
    const about = closed ? [`${node.size} modules, the worst: ${node.worst}`] : [state(node)];
    const module = modules[node.module];
    if (!closed && module.ms !== null) about.push(milliseconds(module.ms));
    if (!closed && module.loaded !== null) about.push(`loads ${module.loaded} modules`);
    if (circular(node)) about.push("in a cycle that breaks");
    const ways = [];
    if (below.size) ways.push(`Imports ${names(below)}.`);
    if (above.size) ways.push(`Imported by ${names(above)}.`);
    return `${node.name}: ${about.join(", ")}. ${ways.join(" ")}`;
  }

  function choose(box) {
    const { node } = box;
    held = held && held.node === node && !node.children.length ? null : box;
    if (node.children.length) {
      if (open.has(node)) open.delete(node);
      else open.add(node);
      draw();
    }
    // An open package that is not a module has no box any more.
    const element = shapes.get(node.name) || place.querySelector(".node");
    element.focus({ preventScroll: true });
    if (held) held.show();
  }

  function all(wanted) {
    open = wanted;
    held = null;
    says.textContent = INVITATION;
    draw();
  }

  rove(place, ".node", (element, key) => {
    const elements = [...place.querySelectorAll(".node")];
    const at = elements.indexOf(element);
    const layer = (node) => node.transform.baseVal[0].matrix.f;
    const x = (node) => node.transform.baseVal[0].matrix.e;
    const nearest = (candidates, y) =>
      candidates
        .filter((node) => layer(node) === y)
        .sort((a, b) => Math.abs(x(a) - x(element)) - Math.abs(x(b) - x(element)))[0];
    if (key === "Enter" || key === " ") {
      element.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      return document.activeElement;
    }
    if (key === "ArrowRight") return elements[at + 1];
    if (key === "ArrowLeft") return elements[at - 1];
    const heights = [...new Set(elements.map(layer))].sort((a, b) => a - b);
    const row = heights.indexOf(layer(element));
    if (key === "ArrowDown" && row + 1 < heights.length) return nearest(elements, heights[row + 1]);
    if (key === "ArrowUp" && row > 0) return nearest(elements, heights[row - 1]);
    return null;
  });

  const outermost = new Set(packages.filter((node) => !node.parent && node.module === null));
  document.getElementById("open-all").addEventListener("click", () => all(new Set(packages)));
  document.getElementById("close-all").addEventListener("click", () => all(new Set(outermost)));
  for (const button of ["open-all", "close-all"]) {
    document.getElementById(button).hidden = packages.length === 0;
  }
  says.textContent = INVITATION;
  let last = 0;
  new ResizeObserver(() => {
    if (Math.abs(place.clientWidth - last) < 1) return;
    last = place.clientWidth;
    draw();
  }).observe(place);
}
