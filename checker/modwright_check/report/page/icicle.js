/* The time of imports as an icicle: each bar is as wide as its import takes. */

const iciclePlace = document.getElementById("icicle");
if (iciclePlace) drawIcicle(iciclePlace);

function drawIcicle(place) {
  const ROW = 24; // px
  const NARROWEST = 0.0015; // of the width; a bar below that is less than two pixels
  const LEGIBLE = 0.03;

  const top = { name: "all imports", total: 0, own: 0, kind: "all", depth: 0, children: [], parent: null };
  let path = [top];
  for (const [depth, name, total, own, kind] of report.times) {
    const parent = path[depth];
    const bar = { name, total, own, kind, depth: depth + 1, children: [], parent };
    parent.children.push(bar);
    path = [...path.slice(0, depth + 1), bar];
  }
  const start = top.children.length === 1 ? top.children[0] : top;
  measure();

  /* What is measured bar by bar need not add up: a bar is never narrower than what is below it. */
  function measure() {
    const order = [top];
    for (let i = 0; i < order.length; i += 1) order.push(...order[i].children);
    for (const bar of [...order].reverse()) {
      const below = bar.children.reduce((sum, child) => sum + child.size, 0);
      bar.size = Math.max(bar.total, below);
    }
    top.total = top.size;
    top.from = 0;
    for (const bar of order) {
      let from = bar.from;
      for (const child of bar.children) {
        child.from = from;
        from += child.size;
      }
    }
  }

  const says = document.getElementById("icicle-says");
  const back = document.getElementById("zoom-out");
  const barOf = new WeakMap();
  let zoomed = start;

  const share = (bar) => (start.size ? `${((100 * bar.size) / start.size).toFixed(1)} %` : "");
  const sentence = (bar) =>
    bar === top
      ? `all imports: ${milliseconds(bar.total)}`
      : `${bar.name}: ${milliseconds(bar.total)} in all, ${milliseconds(bar.own)} of its own, ${share(bar)} of the whole`;

  /* Draw what is in the zoomed bar, and `focused` takes the focus, if it is given. */
  function draw(focused) {
    const elements = [];
    const above = [];
    for (let bar = zoomed.parent; bar && bar.depth >= start.depth; bar = bar.parent) above.unshift(bar);
    let deepest = 0;
    const put = (bar, left, width, isAbove) => {
      const element = written("div", width >= LEGIBLE ? bar.name : "", `bar ${bar.kind}`);
      if (isAbove) element.classList.add("above");
      if (width < LEGIBLE) element.classList.add("narrow");
      const row = bar.depth - start.depth;
      deepest = Math.max(deepest, row);
      element.style.left = `${left * 100}%`;
      element.style.width = `${width * 100}%`;
      element.style.top = `${row * ROW}px`;
      element.setAttribute("role", "treeitem");
      element.setAttribute("aria-level", row + 1);
      element.setAttribute("aria-label", sentence(bar));
      if (bar.children.length) element.setAttribute("aria-expanded", "true");
      element.tabIndex = -1;
      barOf.set(element, bar);
      elements.push(element);
    };
    for (const bar of above) put(bar, 0, 1, true);
    const waiting = [zoomed];
    while (waiting.length) {
      const bar = waiting.pop();
      const width = zoomed.size ? bar.size / zoomed.size : 1;
      if (width < NARROWEST) continue;
      put(bar, zoomed.size ? (bar.from - zoomed.from) / zoomed.size : 0, width, false);
      for (const child of [...bar.children].reverse()) waiting.push(child);
    }
    place.style.height = `${(deepest + 1) * ROW}px`;
    place.replaceChildren(...elements);
    const entrance = elements.find((each) => barOf.get(each) === (focused || zoomed));
    (entrance || elements[0]).tabIndex = 0;
    if (focused) (entrance || elements[0]).focus({ preventScroll: true });
    back.disabled = zoomed === start;
    says.textContent = sentence(zoomed);
  }

  function zoom(bar) {
    zoomed = bar;
    draw(bar);
  }

  function stepBack() {
    if (zoomed === start) return;
    const left = zoomed;
    zoomed = zoomed.parent;
    draw(left);
  }

  const tell = (event) => {
    const element = event.target.closest(".bar");
    if (element) says.textContent = sentence(barOf.get(element));
  };
  place.addEventListener("pointerover", tell);
  place.addEventListener("focusin", tell);
  place.addEventListener("pointerleave", () => (says.textContent = sentence(zoomed)));
  place.addEventListener("click", (event) => {
    const element = event.target.closest(".bar");
    if (element) zoom(barOf.get(element));
  });
  back.addEventListener("click", stepBack);

  rove(place, ".bar", (element, key) => {
    const bar = barOf.get(element);
    const elements = [...place.querySelectorAll(".bar")];
    const shown = (wanted) => elements.find((each) => barOf.get(each) === wanted);
    const beside = (offset) => {
      const same = elements.filter((each) => barOf.get(each).depth === bar.depth);
      return same[same.indexOf(element) + offset];
    };
    if (key === "Enter" || key === " ") zoom(bar);
    if (key === "Escape" || key === "Backspace") stepBack();
    if (key === "ArrowDown") return bar.children.map(shown).find(Boolean);
    if (key === "ArrowUp") return bar.parent && shown(bar.parent);
    if (key === "ArrowRight") return beside(1);
    if (key === "ArrowLeft") return beside(-1);
    return null;
  });
  draw();
}
