/* Where the boxes of each layer stand: in an order with few crossings, in rows that fit the page,
   and near those that they are joined to (after Sugiyama, Tagawa and Toda 1981). */

/* Give an arrow over several layers a waypoint in each between, which keeps its line clear of the
   boxes there; and tell all of them who is joined to whom from one layer to the next. */
function withWaypoints(boxes, arrows, width) {
  const all = boxes.map((box) => Object.assign(box, { name: box.node.name, over: [], under: [] }));
  const join = (upper, lower) => {
    upper.under.push(lower);
    lower.over.push(upper);
  };
  for (const arrow of arrows) {
    arrow.way = [];
    if (arrow.upper.layer === arrow.lower.layer) continue;
    let upper = arrow.upper;
    for (let layer = arrow.upper.layer - 1; width && layer > arrow.lower.layer; layer -= 1) {
      const name = `${arrow.upper.name} ${arrow.lower.name}`;
      const waypoint = { name, layer, width, over: [], under: [] };
      join(upper, waypoint);
      arrow.way.push(waypoint);
      all.push(waypoint);
      upper = waypoint;
    }
    join(upper, arrow.lower);
  }
  return all;
}

const byName = (a, b) => (a.name < b.name ? -1 : 1);

/* Return the layers, the highest first, with few crossings: each box stands near the middle of
   those that it is joined to. */
function orderedLayers(boxes) {
  const layers = [];
  for (const box of boxes) (layers[box.layer] ||= []).push(box);
  layers.reverse();
  const place = (layer) => layer.forEach((box, i) => (box.place = (i + 0.5) / layer.length));
  for (const layer of layers) place(layer.sort(byName));
  for (let round = 0; round < 12; round += 1) {
    const side = round % 2 ? "under" : "over";
    for (const layer of round % 2 ? [...layers].reverse() : layers) {
      const wish = new Map(layer.map((box) => [box, mean(box[side], "place") ?? box.place]));
      place(layer.sort((a, b) => wish.get(a) - wish.get(b) || byName(a, b)));
    }
  }
  return layers;
}

function mean(boxes, key) {
  if (!boxes.length) return null;
  return boxes.reduce((sum, box) => sum + box[key], 0) / boxes.length;
}

/* Return a layer as rows, none of which is wider than the page. */
function rowsOf(layer, available, gap) {
  const rows = [];
  let left = 0;
  for (const box of layer) {
    if (!rows.length || box.width > left) {
      rows.push([]);
      left = available;
    }
    rows[rows.length - 1].push(box);
    left -= box.width + gap;
  }
  return rows;
}

/* Give each box of each row its `centre`, between 0 and `available`. */
function setCentres(rows, available, gap) {
  for (const row of rows) {
    let x = (available - row.reduce((sum, box) => sum + box.width + gap, -gap)) / 2;
    for (const box of row) {
      box.centre = x + box.width / 2;
      x += box.width + gap;
    }
  }
  for (let round = 0; round < 10; round += 1) {
    for (const row of round % 2 ? [...rows].reverse() : rows) {
      const wishes = row.map((box) => mean([...box.over, ...box.under], "centre") ?? box.centre);
      settle(row, wishes, available, gap);
    }
  }
}

/* Move the boxes of a row as near to where they wish as they can come without changing their order
   or touching: the least squares of an ordered sequence, by pooling adjacent violators (Ayer et
   al. 1955). */
function settle(row, wishes, available, gap) {
  const starts = []; // where a box would begin if all were pushed to the left
  let used = 0;
  for (const box of row) {
    starts.push(used + box.width / 2);
    used += box.width + gap;
  }
  const pools = [];
  row.forEach((box, i) => {
    pools.push({ sum: wishes[i] - starts[i], size: 1 });
    while (pools.length > 1) {
      const [first, second] = pools.slice(-2);
      if (first.sum / first.size <= second.sum / second.size) break;
      pools.splice(-2, 2, { sum: first.sum + second.sum, size: first.size + second.size });
    }
  });
  const furthest = Math.max(0, available - used + gap);
  let i = 0;
  for (const { sum, size } of pools) {
    const shift = Math.min(furthest, Math.max(0, sum / size));
    for (let n = 0; n < size; n += 1, i += 1) row[i].centre = starts[i] + shift;
  }
}
