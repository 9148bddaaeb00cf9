/* The lines of the arrows, as paths of SVG. */

const HEIGHT = 26; // of a box

const middle = (box) => box.x + box.width / 2;

/* Return the line from a box to one that it imports, through the waypoints between. */
function arrowPath({ upper, lower, way }) {
  if (upper.layer === lower.layer) return circlePath(upper, lower);
  let [x, y] = [middle(upper), upper.y + HEIGHT];
  const parts = [`M${x},${y}`];
  for (const next of [...way, lower]) {
    const [left, top] = [middle(next), next === lower ? next.y - 1 : next.y];
    const bend = Math.max(14, (top - y) * 0.45);
    parts.push(`C${x},${y + bend} ${left},${top - bend} ${left},${top}`);
    [x, y] = [left, next.y + HEIGHT];
    if (next !== lower) parts.push(`L${x},${y}`);
  }
  return parts.join(" ");
}

/* Boxes of one layer import one another in a circle: side by side, there above them and back
   below them; in different rows, down on the left and up on the right. */
function circlePath(from, to) {
  const [x1, x2] = [middle(from), middle(to)];
  if (from.y === to.y) {
    const [y, bend] = x1 < x2 ? [from.y - 1, -22] : [from.y + HEIGHT + 1, 22];
    return `M${x1 + 4},${y} C${x1 + 8},${y + bend} ${x2 - 8},${y + bend} ${x2 - 4},${y}`;
  }
  const down = from.y < to.y;
  const straight = Math.abs(x1 - x2) < 30; // one above the other: then no bend is needed
  const shift = down ? -10 : 10;
  const [start, end] = (straight ? [(x1 + x2) / 2, (x1 + x2) / 2] : [x1, x2]).map((x) => x + shift);
  const [y1, y2] = down ? [from.y + HEIGHT, to.y - 1] : [from.y, to.y + HEIGHT + 1];
  const bend = down ? 12 : -12;
  return `M${start},${y1} C${start},${y1 + bend} ${end},${y2 - bend} ${end},${y2}`;
}
