/* From modules to boxes in layers: which packages are open, which box stands for a module, and in
   which layer a box stands. */

const WORST = ["ok", "warning", "error"];

/* Return who imports whom, as numbers of modules, and whether it is part of a cycle that breaks. What
   a cycle says counts, even where no import of it was seen to end. */
function edgesOf(modules, cycles) {
  const edges = new Map();
  const add = (from, to, cycle) => {
    if (from !== to) edges.set(`${from} ${to}`, { from, to, cycle });
  };
  modules.forEach((module, from) => module.imports.forEach((to) => add(from, to, false)));
  for (const cycle of cycles) {
    cycle.forEach((from, i) => add(from, cycle[(i + 1) % cycle.length], true));
  }
  return [...edges.values()];
}

/* Return the tree of packages: the inner nodes are packages, whether or not they are modules. */
function packageTree(modules, inCycle) {
  const nodes = new Map();
  const node = (name) => {
    if (nodes.has(name)) return nodes.get(name);
    const dot = name.lastIndexOf(".");
    const parent = dot > 0 ? node(name.slice(0, dot)) : null;
    const made = { name, parent, children: [], module: null, size: 0, worst: "ok", cycle: false };
    nodes.set(name, made);
    if (parent) parent.children.push(made);
    return made;
  };
  modules.forEach((module, index) => {
    const own = node(module.name);
    own.module = index;
    for (let each = own; each; each = each.parent) {
      each.size += 1;
      each.cycle ||= inCycle.has(index);
      if (WORST.indexOf(module.status) > WORST.indexOf(each.worst)) each.worst = module.status;
    }
  });
  return [...nodes.values()];
}

/* Open packages as long as no more than `limit` boxes result: outer ones first, and those with a
   cycle or an error before the others. */
function opened(nodes, limit) {
  const depth = (node) => node.name.split(".").length;
  const urgency = (node) => (node.cycle ? 2 : 0) + (node.worst === "error" ? 1 : 0);
  const open = new Set();
  let boxes = nodes.filter((node) => !node.parent).length;
  const packages = nodes.filter((node) => node.children.length);
  const order = (a, b) =>
    depth(a) - depth(b) || urgency(b) - urgency(a) || a.size - b.size || (a.name < b.name ? -1 : 1);
  for (const node of packages.sort(order)) {
    const more = node.children.length - (node.module === null ? 1 : 0);
    if ((node.parent && !open.has(node.parent)) || boxes + more > limit) continue;
    open.add(node);
    boxes += more;
  }
  return open;
}

/* Return the boxes that are seen, and the arrows between them. A closed package stands for all
   that is in it, an open one for its __init__ alone. */
function boxesAndArrows(nodes, open, edges) {
  const boxOf = new Map(); // by number of the module
  const boxes = new Map();
  for (const node of nodes) {
    if (node.module === null) continue;
    let seen = node;
    for (let each = node.parent; each; each = each.parent) if (!open.has(each)) seen = each;
    if (!boxes.has(seen)) boxes.set(seen, { node: seen, above: new Set(), below: new Map() });
    boxOf.set(node.module, boxes.get(seen));
  }
  for (const { from, to, cycle } of edges) {
    const [upper, lower] = [boxOf.get(from), boxOf.get(to)];
    if (upper === lower) continue;
    if (!upper.below.has(lower)) upper.below.set(lower, { upper, lower, cycle: false });
    upper.below.get(lower).cycle ||= cycle;
    lower.above.add(upper);
  }
  const seen = [...boxes.values()];
  return { boxes: seen, arrows: seen.flatMap((box) => [...box.below.values()]) };
}

/* Give each box its layer: the longest way down over the condensation of the graph, so that only
   boxes that import one another in a circle share a layer with what they import (Tarjan 1972,
   with a stack of its own: a chain may be long). */
function setLayers(boxes) {
  const found = new Map(); // box -> the order in which it was found
  const low = new Map();
  const waiting = [];
  const closed = new Set();
  let counter = 0;
  for (const root of boxes) {
    if (found.has(root)) continue;
    const way = [];
    const enter = (box) => {
      found.set(box, counter);
      low.set(box, counter);
      counter += 1;
      waiting.push(box);
      way.push({ box, rest: [...box.below.keys()] });
    };
    enter(root);
    while (way.length) {
      const { box, rest } = way[way.length - 1];
      if (rest.length) {
        const next = rest.pop();
        if (!found.has(next)) enter(next);
        else if (!closed.has(next)) low.set(box, Math.min(low.get(box), found.get(next)));
        continue;
      }
      way.pop();
      if (way.length) {
        const { box: caller } = way[way.length - 1];
        low.set(caller, Math.min(low.get(caller), low.get(box)));
      }
      if (low.get(box) !== found.get(box)) continue;
      const circle = waiting.splice(waiting.indexOf(box)); // all that it imports is closed
      let layer = 0;
      for (const member of circle) {
        for (const lower of member.below.keys()) {
          if (closed.has(lower)) layer = Math.max(layer, lower.layer + 1);
        }
      }
      for (const member of circle) {
        member.layer = layer;
        closed.add(member);
      }
    }
  }
}
