// The drawing: vis-network keeps its positions, zoom and pointer; what it looks like is said here.

const byId = (id) => document.getElementById(id);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
let theme = {};
let drawing = null; // the vis network, when there is something to draw
let dots, lines; // its data sets
let hovered = null;

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const read = (property) => style.getPropertyValue(property).trim();
  theme = {
    ground: read("--ground"),
    ink: read("--ink"),
    face: getComputedStyle(document.body).fontFamily,
    types: Object.fromEntries(TYPES.map((type) => [type, read(`--type-${type}`)])),
    families: Object.fromEntries([...FAMILIES, ...POLARITIES].map((family) => [family, read(`--family-${family}`)])),
  };
}

function dotLook(node) {
  const background = theme.types[node.group] ?? theme.types.Agent;
  const plain = { background, border: theme.ground };
  const strong = { background, border: theme.ink };
  return {
    id: node.id,
    hidden: !shown.nodes.has(node.id),
    color: { ...plain, highlight: strong, hover: strong },
  };
}

function lineLook(edge) {
  const bundle = shown.edges.get(edge.id);
  if (bundle === undefined) return { id: edge.id, hidden: true };
  const family = mainFamily(bundle);
  const color = theme.families[family] ?? theme.families.other;
  return {
    id: edge.id,
    hidden: false,
    width: 1.4 + 1.7 * Math.log2(bundle.length),
    color: { color, hover: color, highlight: color, opacity: 0.8 },
    dashes: POLARITIES.includes(family) ? [7, 5] : false,
  };
}

function draw() {
  const { width, height } = byId("stage").getBoundingClientRect();
  const upright = height > width * 1.15; // a telephone: the drawing lies, so it is stood up
  const place = ({ id, shape, size, x, y }) => ({ id, shape, size, x: upright ? y : x, y: upright ? x : y });
  dots = new vis.DataSet(nodes.map((node) => ({ ...place(node), ...dotLook(node) })));
  lines = new vis.DataSet(edges.map((edge) => ({ from: edge.from, to: edge.to, ...lineLook(edge) })));
  changedLooks();
  drawing = new vis.Network(byId("graph"), { nodes: dots, edges: lines }, options);
  drawing.on("click", ({ nodes: [node], edges: [edge], event }) => {
    const from = choice.selected?.node;
    if (node !== undefined && event.srcEvent?.shiftKey && from !== undefined && from !== node) startPath(from);
    select(node !== undefined ? { node } : edge !== undefined ? { edge } : null);
  });
  drawing.on("hoverNode", ({ node, event }) => hover({ node }, event));
  drawing.on("hoverEdge", ({ edge, event }) => hover({ edge }, event));
  drawing.on("blurNode", () => hover(null));
  drawing.on("blurEdge", () => hover(null));
  drawing.on("dragStart", () => hover(null));
  drawing.on("afterDrawing", spotlight);
  drawing.renderer._drawEdges = drawLines;
  drawing.once("afterDrawing", ready);
  fit();
}

// vis-network strokes line by line, which at thousands is most of a frame; here those of one look are few paths.
const LINES_A_PATH = 200; // a longer path takes longer than its parts

function drawLines(context) {
  const { left, right, top, bottom } = inSight();
  const looks = new Map();
  for (const id of drawing.body.edgeIndices) {
    const { from, to, options: { color: { color }, width, dashes } } = drawing.body.edges[id];
    if ((from.x < left && to.x < left) || (from.x > right && to.x > right) || (from.y < top && to.y < top) || (from.y > bottom && to.y > bottom)) continue;
    const key = `${color} ${width} ${dashes}`;
    if (!looks.has(key)) looks.set(key, { color, width, dashes, ends: [] });
    looks.get(key).ends.push(from, to);
  }
  context.save();
  context.globalAlpha = Math.min(0.8, Math.max(0.3, 30 / Math.sqrt(shown.edges.size))); // of thousands each is fainter, so that the dots are seen
  for (const { color, width, dashes, ends } of looks.values()) {
    context.strokeStyle = color;
    context.lineWidth = Math.max(width, THINNEST / drawing.getScale());
    context.setLineDash(dashes || []);
    for (let first = 0; first < ends.length; first += 2 * LINES_A_PATH) {
      context.beginPath();
      for (let at = first; at < Math.min(first + 2 * LINES_A_PATH, ends.length); at += 2) {
        context.moveTo(ends[at].x, ends[at].y);
        context.lineTo(ends[at + 1].x, ends[at + 1].y);
      }
      context.stroke();
    }
  }
  context.restore();
}

const THINNEST = 0.5; // pixels of a line on the screen
const SPECK = 1.6; // pixels from the middle of a symbol to its edge; a smaller one is drawn as a speck of its colour

function drawSpecks(context, all) {
  const scale = drawing.getScale();
  const half = SPECK / scale;
  context.save();
  for (const node of all) {
    if (node.size * scale >= SPECK) continue;
    const { x, y } = drawing.body.nodes[node.id];
    context.fillStyle = theme.types[node.group] ?? theme.types.Agent;
    context.fillRect(x - half, y - half, 2 * half, 2 * half);
  }
  context.restore();
}

function inSight() {
  const { clientWidth, clientHeight } = byId("graph");
  const [start, end] = [drawing.DOMtoCanvas({ x: 0, y: 0 }), drawing.DOMtoCanvas({ x: clientWidth, y: clientHeight })];
  return { left: start.x, top: start.y, right: end.x, bottom: end.y };
}

// At the next frame, once: however much has changed until then.
const redraw = () => drawing.body.emitter.emit("_requestRedraw");

const painted = new Map(); // the last look of each line and dot, so that only what changed is drawn anew

function paintDrawing() {
  if (drawing === null) return;
  const { dots: newDots, lines: newLines } = changedLooks();
  if (newDots.length > 0) dots.update(newDots);
  if (newLines.length > 0) lines.update(newLines);
}

function changedLooks() {
  const changed = (kind) => (look) => {
    const key = `${kind}${look.id}`;
    const now = JSON.stringify(look);
    if (painted.get(key) === now) return false;
    painted.set(key, now);
    return true;
  };
  return { dots: nodes.map(dotLook).filter(changed("dot")), lines: edges.map(lineLook).filter(changed("line")) };
}

// Lets the drawing move as springs would have it, and stops it where it stands.
function loosen(on) {
  if (drawing === null) return;
  drawing.setOptions({ physics: on ? { enabled: true, stabilization: false, ...SPRINGS } : { enabled: false } });
  byId("loosen").setAttribute("aria-pressed", String(on));
  byId("loosen").textContent = on ? "Freeze" : "Loosen";
}

const SPRINGS = { solver: "barnesHut", barnesHut: { gravitationalConstant: -9000, springLength: 140, springConstant: 0.02, avoidOverlap: 0.6, damping: 0.5 } };

function fit() {
  if (drawing === null || shown.nodes.size === 0) return;
  drawing.fit({ nodes: [...shown.nodes], maxZoomLevel: 1.5, animation: false });
  drawing.moveTo({ scale: drawing.getScale() * 0.94 }); // vis-network knows nothing of our labels
}

function hover(what, event) {
  hovered = what;
  const tip = byId("tip");
  tip.hidden = what === null;
  byId("graph").classList.toggle("pointing", what !== null);
  if (what !== null) {
    tip.textContent = tipText(what);
    placeTip(event);
  }
  redraw();
}

// Beside the pointer, and within the stage.
function placeTip({ clientX, clientY }) {
  const tip = byId("tip");
  const stage = byId("stage").getBoundingClientRect();
  tip.style.setProperty("left", `${Math.max(Math.min(clientX - stage.left + 14, stage.width - tip.offsetWidth - 8), 4)}px`);
  tip.style.setProperty("top", `${Math.min(clientY - stage.top + 16, stage.height - tip.offsetHeight - 8)}px`);
}

function tipText({ node, edge }) {
  if (node !== undefined) return `${nodes[node].name}: ${plural(shownRecords(recordsOf[node]).length, "record", "records")}`;
  const { from, to } = edges[edge];
  return `${nodes[from].name} and ${nodes[to].name}: ${plural((shown.edges.get(edge) ?? []).length, "record", "records")}`;
}

function around({ node, edge, record, path }) {
  if (path !== undefined) {
    const way = pathBetween(path.from, path.to) ?? [];
    return { dots: [path.from, ...way.map((step) => step.to), path.to], lines: way.map((step) => step.edge) };
  }
  if (record !== undefined) {
    const own = records[record].nodes;
    const lines = own.flatMap((id) => edgesOf[id]).filter((one) => shown.edges.has(one.id) && own.includes(one.from) && own.includes(one.to));
    return { dots: own, lines: lines.map((one) => one.id) };
  }
  if (edge !== undefined) return { dots: [edges[edge].from, edges[edge].to], lines: shown.edges.has(edge) ? [edge] : [] };
  const others = neighboursOf(node);
  return { dots: [...others.map((other) => other.node.id), node], lines: others.map((other) => other.edge.id) };
}

// Labels are drawn here, as on a map: never smaller than can be read, the most connected first, and none over
// another or over a symbol that counts for more; zooming in makes room for the rest.
const SMALLEST = 10.5; // pixels on the screen
const FAINTEST = 5.5; // the size below which only the MAIN best connected are named
const MAIN = 60;
const byWeight = [...nodes].sort((a, b) => recordsOf[b.id].length - recordsOf[a.id].length || a.id - b.id);
const widths = new Map();

function drawLabels(context, order, bold) {
  const { clientWidth: width, clientHeight: height } = context.canvas;
  const scale = drawing.getScale();
  const { free, take } = occupancy();
  context.save();
  const ratio = context.canvas.width / width;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(context, { textAlign: "center", textBaseline: "top", lineJoin: "round", lineWidth: 4, strokeStyle: theme.ground, fillStyle: theme.ink });
  for (const [rank, node] of order.entries()) {
    const at = drawing.canvasToDOM(drawing.body.nodes[node.id]);
    if (at.x < -80 || at.y < -60 || at.x > width + 80 || at.y > height + 20) continue;
    const half = node.size * scale;
    const size = Math.max(node.font * Math.min(scale, 1.4), SMALLEST);
    const lines = node.label.split("\n");
    const symbol = boxAt(at.x, at.y - half, half, 2 * half);
    const side = (textWidth(context, lines, node.id) * size) / 200;
    const named = rank < MAIN || node.font * scale >= FAINTEST;
    const box = named ? labelPlaces(at, half, side, lines.length * size * 1.15, width).find(free) : undefined;
    if (box !== undefined) {
      context.font = `${bold.includes(node.id) ? "bold " : ""}${size}px ${theme.face}`;
      for (const [line, text] of lines.entries()) {
        const y = box.top + line * size * 1.15;
        context.strokeText(text, (box.left + box.right) / 2, y);
        context.fillText(text, (box.left + box.right) / 2, y);
      }
      take(box);
    }
    take(symbol);
  }
  context.restore();
}

// Which boxes of the screen are taken, kept by tiles so that thousands of labels ask quickly.
function occupancy() {
  const tiles = new Map();
  const over = (box) => {
    const keys = [];
    for (let x = Math.floor(box.left / 90); x <= box.right / 90; x += 1) {
      for (let y = Math.floor(box.top / 60); y <= box.bottom / 60; y += 1) keys.push(x * 4096 + y);
    }
    return keys;
  };
  const apart = (box, other) =>
    box.right <= other.left || box.left >= other.right || box.bottom <= other.top || box.top >= other.bottom;
  const take = (box) => over(box).forEach((key) => (tiles.has(key) ? tiles.get(key).push(box) : tiles.set(key, [box])));
  const free = (box) => over(box).every((key) => (tiles.get(key) ?? []).every((other) => apart(box, other)));
  return { free, take };
}

const boxAt = (middle, top, side, height) => ({ left: middle - side, right: middle + side, top, bottom: top + height });

// Below the symbol, above it, to its right, to its left; and not beyond the edge while the symbol can be seen.
function labelPlaces(at, half, side, height, width) {
  const inside = at.x > 0 && at.x < width;
  const middle = inside ? Math.min(Math.max(at.x, side + 3), Math.max(width - side - 3, side + 3)) : at.x;
  const places = [
    boxAt(middle, at.y + half + 3, side, height),
    boxAt(middle, at.y - half - 3 - height, side, height),
    boxAt(at.x + half + 4 + side, at.y - height / 2, side, height),
    boxAt(at.x - half - 4 - side, at.y - height / 2, side, height),
  ];
  return inside ? places.filter((box) => box.left >= 0 && box.right <= width) : places;
}

// The width of a label's longest line at 100 pixels.
function textWidth(context, lines, id) {
  if (!widths.has(id)) {
    context.font = `100px ${theme.face}`;
    widths.set(id, Math.max(...lines.map((line) => context.measureText(line).width)));
  }
  return widths.get(id);
}

// A veil over the drawing, and what was chosen or pointed at drawn again on top of it: no data changes, so
// it keeps up with the pointer on large networks.
function spotlight(context) {
  const targets = [choice.selected, hovered].filter(Boolean);
  const all = byWeight.filter((node) => shown.nodes.has(node.id));
  drawSpecks(context, all);
  if (targets.length === 0) {
    drawLabels(context, all, []);
    return;
  }
  const parts = targets.map(around);
  const lit = { lines: new Set(parts.flatMap((part) => part.lines)), dots: new Set(parts.flatMap((part) => part.dots)) };
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 0.82;
  context.fillStyle = theme.ground;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.restore();
  for (const id of lit.lines) drawing.body.edges[id]?.draw(context);
  const seen = all.filter((node) => lit.dots.has(node.id));
  for (const node of seen) drawing.body.nodes[node.id].draw(context);
  drawSpecks(context, seen);
  const centres = targets.flatMap((target) => (target.node !== undefined ? [target.node] : around(target).dots));
  const rank = (node) => (centres.includes(node.id) ? 0 : 1);
  drawLabels(context, seen.sort((a, b) => rank(a) - rank(b)), centres);
}
