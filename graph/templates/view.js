// The drawing, the legend, the search, the years, and what a hand or a key does to them.

const byId = (id) => document.getElementById(id);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
let theme = {};
let drawing = null; // the vis network, when there is something to draw
let dots, lines; // its data sets
let hovered = null;

// ---------------------------------------------------------------- the drawing

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
  drawing = new vis.Network(byId("graph"), { nodes: dots, edges: lines }, options);
  drawing.on("click", ({ nodes: [node], edges: [edge] }) =>
    select(node !== undefined ? { node } : edge !== undefined ? { edge } : null));
  drawing.on("hoverNode", ({ node, event }) => hover({ node }, event));
  drawing.on("hoverEdge", ({ edge, event }) => hover({ edge }, event));
  drawing.on("blurNode", () => hover(null));
  drawing.on("blurEdge", () => hover(null));
  drawing.on("dragStart", () => hover(null));
  drawing.on("afterDrawing", spotlight);
  drawing.once("afterDrawing", () => { document.documentElement.dataset.ready = "yes"; });
  fit();
}

const painted = new Map(); // the last look of each line and dot, so that only what changed is drawn anew

function paintDrawing() {
  if (drawing === null) return;
  const changed = (kind) => (look) => {
    const key = `${kind}${look.id}`;
    const now = JSON.stringify(look);
    if (painted.get(key) === now) return false;
    painted.set(key, now);
    return true;
  };
  dots.update(nodes.map(dotLook).filter(changed("dot")));
  lines.update(edges.map(lineLook).filter(changed("line")));
}

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
    const stage = byId("stage").getBoundingClientRect();
    tip.style.setProperty("left", `${Math.min(event.clientX - stage.left + 14, stage.width - tip.offsetWidth - 8)}px`);
    tip.style.setProperty("top", `${Math.min(event.clientY - stage.top + 16, stage.height - tip.offsetHeight - 8)}px`);
  }
  drawing.redraw();
}

function tipText({ node, edge }) {
  if (node !== undefined) return `${nodes[node].name}: ${plural(shownRecords(recordsOf[node]).length, "record", "records")}`;
  const { from, to } = edges[edge];
  return `${nodes[from].name} and ${nodes[to].name}: ${plural((shown.edges.get(edge) ?? []).length, "record", "records")}`;
}

function around({ node, edge }) {
  if (edge !== undefined) return { dots: [edges[edge].from, edges[edge].to], lines: shown.edges.has(edge) ? [edge] : [] };
  const others = neighboursOf(node);
  return { dots: [...others.map((other) => other.node.id), node], lines: others.map((other) => other.edge.id) };
}

// Labels are drawn here, as on a map: never smaller than can be read, the most connected first, and none over
// another or over a symbol that counts for more; zooming in makes room for the rest.
const SMALLEST = 10.5; // pixels on the screen
const FAINTEST = 5.5; // the size below which only the MAIN best connected are named
const MAIN = 40;
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
    const size = Math.max(node.font.size * Math.min(scale, 1.4), SMALLEST);
    const lines = node.label.split("\n");
    const symbol = boxAt(at.x, at.y - half, half, 2 * half);
    const side = (textWidth(context, lines, node.id) * size) / 200;
    const named = rank < MAIN || node.font.size * scale >= FAINTEST;
    const box = named ? labelPlaces(at, half, side, lines.length * size * 1.15, width).find(free) : undefined;
    if (box !== undefined) {
      context.font = `${node.id === bold ? "bold " : ""}${size}px ${theme.face}`;
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
  const target = hovered ?? choice.selected;
  if (target === null) {
    drawLabels(context, byWeight.filter((node) => shown.nodes.has(node.id)), null);
    return;
  }
  const lit = around(target);
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 0.82;
  context.fillStyle = theme.ground;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.restore();
  for (const id of lit.lines) drawing.body.edges[id]?.draw(context);
  const seen = lit.dots.filter((id) => shown.nodes.has(id));
  for (const id of seen) drawing.body.nodes[id].draw(context);
  const first = (node) => (node.id === target.node ? 0 : 1);
  drawLabels(context, byWeight.filter((node) => seen.includes(node.id)).sort((a, b) => first(a) - first(b)), target.node);
}

// ---------------------------------------------------------------- choosing

function select(target, { show = false } = {}) {
  const inside = byId("panel").contains(document.activeElement) || document.activeElement === byId("search");
  choice.selected = target;
  hovered = null;
  byId("tip").hidden = true;
  if (target !== null) openDrawer("panel");
  paintPanel();
  paintSelection(show);
  remember();
  if (inside) byId("panel").querySelector(target === null ? "button.entity" : "h2.chosen")?.focus({ preventScroll: true });
}

function paintSelection(show) {
  if (drawing === null) return;
  const { node, edge } = choice.selected ?? {};
  drawing.unselectAll();
  if (node !== undefined && shown.nodes.has(node)) drawing.selectNodes([node], false);
  if (show && choice.selected !== null) bringIntoView(around(choice.selected).dots.filter((id) => shown.nodes.has(id)), node);
  drawing.redraw();
}

// Moves the drawing only when what was chosen can't be seen or read as it is.
function bringIntoView(ids, middle) {
  const wanted = middle === undefined ? ids : [middle];
  const box = byId("graph").getBoundingClientRect();
  const low = matchMedia("(max-width: 760px)").matches ? box.height * 0.4 : box.height;
  const seen = wanted.every((id) => {
    const at = drawing.canvasToDOM(drawing.getPosition(id));
    return at.x > 40 && at.y > 40 && at.x < box.width - 40 && at.y < low - 40;
  });
  if ((seen && drawing.getScale() > 0.45) || wanted.some((id) => !shown.nodes.has(id)) || wanted.length === 0) return;
  const places = wanted.map((id) => drawing.getPosition(id));
  const mean = (axis) => places.reduce((sum, at) => sum + at[axis], 0) / places.length;
  drawing.moveTo({
    position: { x: mean("x"), y: mean("y") },
    offset: { x: 0, y: (low - box.height) / 2 },
    scale: wanted.length === 1 ? Math.max(drawing.getScale(), 0.8) : drawing.getScale(),
    animation: calm.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" },
  });
}

// ---------------------------------------------------------------- the legend

const FAMILY_NAMES = { diplomatic: "Diplomatic step", legal: "Legal action", domestic: "Domestic politics", neutral: "Neutral" };

function valueName(facet, value) {
  if (facet.key === "source") {
    const source = sources.find((one) => one.id === value);
    return source.title || source.id;
  }
  return FAMILY_NAMES[value] ?? capital(value);
}

function valueSwatch(facet, value) {
  if (facet.key === "type") return typeSwatch(value);
  return facet.key === "family" || facet.key === "polarity" ? familySwatch(value) : null;
}

const legendRows = []; // {facet, value, box, count, row}

function buildLegend() {
  const parts = FACETS.map((facet) => {
    const values = valuesOf(facet);
    if (values.length === 0 || (values.length === 1 && !["type", "family", "polarity"].includes(facet.key))) return null;
    const rows = values.map((value) => legendRow(facet, value, values));
    const list = el("ul", {}, ...rows);
    if (facet.folded) return el("details", { class: "facet" }, el("summary", {}, `${facet.title} (${values.length})`), list);
    return el("fieldset", { class: "facet" }, el("legend", {}, facet.title), list);
  });
  byId("filters").replaceChildren(
    el("div", { class: "bar" }, el("h2", {}, "Legend and filters"), closeButton()),
    ...parts.filter(Boolean),
  );
}

function legendRow(facet, value, values) {
  const box = el("input", { type: "checkbox" });
  box.addEventListener("change", () => {
    choice.off[facet.key][box.checked ? "delete" : "add"](value);
    changed();
  });
  const said = valueName(facet, value);
  const count = el("span", { class: "count" });
  const only = button("only", () => {
    const others = values.filter((other) => other !== value);
    const alone = others.every((other) => choice.off[facet.key].has(other));
    choice.off[facet.key] = new Set(alone ? [] : others);
    changed();
  }, { class: "only", "aria-label": `Only ${said}` });
  const row = el("li", {}, el("label", {}, box, valueSwatch(facet, value), el("bdi", { class: "label" }, said), count), values.length > 1 ? only : null);
  legendRows.push({ facet, value, box, count, row });
  return row;
}

function paintLegend() {
  for (const { facet, value, box, count, row } of legendRows) {
    box.checked = !choice.off[facet.key].has(value);
    const now = shown.counts[facet.key].get(value) ?? 0;
    count.textContent = now.toLocaleString("en");
    row.classList.toggle("none", now === 0 || !box.checked);
  }
}

// ---------------------------------------------------------------- the years

let bars = new Map();
let playing = null;

function buildYears() {
  if (YEARS === null || YEARS.from === YEARS.to) return;
  const slider = (end, label) => {
    const input = el("input", { type: "range", id: `year-${end}`, min: YEARS.from, max: YEARS.to, step: 1, "aria-label": label });
    input.addEventListener("input", () => {
      const year = Number(input.value);
      choice[end] = end === "from" ? Math.min(year, choice.to) : Math.max(year, choice.from);
      changed();
    });
    return input;
  };
  const years = Array.from({ length: YEARS.to - YEARS.from + 1 }, (_, at) => YEARS.from + at);
  bars = new Map(years.map((year) => [year, el("i", {})]));
  const undated = records.length - dated.length;
  const box = el("input", { type: "checkbox", id: "undated" });
  box.addEventListener("change", () => { choice.undated = box.checked; changed(); });
  byId("time").replaceChildren(
    el("div", { class: "head" }, button("Play", play, { id: "play" }), el("output", { id: "span" }),
      undated ? el("label", {}, box, `and ${undated} without a date`) : null),
    el("div", { class: "bars", "aria-hidden": "true" }, ...bars.values()),
    el("div", { class: "sliders" }, slider("from", "First year"), slider("to", "Last year")),
  );
  byId("time").hidden = false;
}

function paintYears() {
  if (byId("time").hidden) return;
  const most = Math.max(1, ...shown.years.values());
  for (const [year, bar] of bars) {
    const count = shown.years.get(year) ?? 0;
    bar.style.setProperty("height", count === 0 ? "0" : `${8 + (92 * count) / most}%`);
    bar.classList.toggle("out", year < choice.from || year > choice.to);
    bar.title = `${year}: ${plural(count, "record", "records")}`;
  }
  byId("year-from").value = choice.from;
  byId("year-to").value = choice.to;
  byId("span").textContent = choice.from === choice.to ? `${choice.from}` : `${choice.from} – ${choice.to}`;
  if (byId("undated")) byId("undated").checked = choice.undated;
}

// Lets the last year run from the first to the end.
function play() {
  if (playing !== null) return stop();
  if (choice.to === YEARS.to) choice.to = choice.from;
  byId("play").textContent = "Pause";
  const pace = Math.max(1, Math.round((YEARS.to - YEARS.from) / 60));
  playing = setInterval(() => {
    choice.to = Math.min(choice.to + pace, YEARS.to);
    changed();
    if (choice.to === YEARS.to) stop();
  }, 350);
  return changed();
}

function stop() {
  clearInterval(playing);
  playing = null;
  byId("play").textContent = "Play";
}

// ---------------------------------------------------------------- the search

let matches = [];
let active = -1;

function search() {
  matches = find(byId("search").value, 12);
  active = matches.length ? 0 : -1;
  byId("matches").replaceChildren(...matches.map((match, at) => {
    const item = el("li", { role: "option", id: `match-${at}`, "aria-selected": "false" }, typeSwatch(match.node.group), name(match.node.name),
      match.name === match.node.name ? null : el("bdi", { class: "variant" }, match.name));
    item.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(at); });
    return item;
  }));
  if (matches.length === 0 && byId("search").value.trim() !== "") {
    byId("matches").append(el("li", { class: "nothing", role: "option", "aria-disabled": "true" }, "No entity has this name"));
  }
  paintMatches(byId("matches").childElementCount > 0);
}

function paintMatches(open) {
  byId("matches").hidden = !open;
  byId("search").setAttribute("aria-expanded", String(open));
  for (const [at, item] of [...byId("matches").children].entries()) item.setAttribute("aria-selected", String(at === active));
  if (open && active >= 0) byId("search").setAttribute("aria-activedescendant", `match-${active}`);
  else byId("search").removeAttribute("aria-activedescendant");
  byId(`match-${active}`)?.scrollIntoView({ block: "nearest" });
}

function choose(at) {
  const { node } = matches[at];
  byId("search").value = node.name;
  paintMatches(false);
  select({ node: node.id }, { show: true });
}

function searchKey(event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (byId("matches").hidden) search();
    else if (matches.length) active = (active + (event.key === "ArrowDown" ? 1 : -1) + matches.length) % matches.length;
    paintMatches(byId("matches").childElementCount > 0);
  } else if (event.key === "Enter") {
    if (active >= 0 && !byId("matches").hidden) choose(active);
  } else if (event.key === "Escape") {
    if (byId("search").value === "") byId("search").blur();
    byId("search").value = "";
    search();
    select(null);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

// ---------------------------------------------------------------- everything after a change

function changed() {
  refresh();
  paintLegend();
  paintYears();
  paintDrawing();
  paintPanel();
  paintSelection(false);
  paintCounts();
  remember();
}

function paintCounts() {
  const total = `${plural(nodes.length, "entity", "entities")} and ${plural(records.length, "record", "records")} from ${plural(sources.length, "source", "sources")}`;
  const span = YEARS === null ? "" : `, ${YEARS.from === YEARS.to ? YEARS.from : `${YEARS.from}–${YEARS.to}`}`;
  const now = narrowed() ? ` Shown: ${plural(shown.records.size, "record", "records")}, ${plural(shown.nodes.size, "entity", "entities")}.` : "";
  const crowd = records.filter((record) => record.nodes.length > maxParties).length;
  const omitted = leftOut ? ` ${plural(leftOut, "entity", "entities")} with the fewest records left out: ask for a kind, a date or an entity to see them.` : "";
  const clique = crowd ? ` ${plural(crowd, "record", "records")} of more than ${maxParties} parties in the panel only.` : "";
  byId("counts").textContent = `${total}${span}.${now}${omitted}${clique}`;
  byId("reset").hidden = !narrowed();
  paintEmpty();
}

function paintEmpty() {
  const empty = byId("empty");
  empty.hidden = records.length > 0 && shown.nodes.size > 0;
  if (records.length === 0) {
    empty.replaceChildren(el("strong", {}, "Nothing to draw yet"), el("p", {}, "No record answers this view. Try another entity, a longer span of time, or add sources to the graph."));
  } else if (!empty.hidden) {
    empty.replaceChildren(el("strong", {}, "Nothing passes these filters"), el("p", {}, button("Show all", showAll)));
  }
}

function showAll() {
  reset();
  changed();
}

// A frame of a notebook has no address of its own; the view works without.
function remember() {
  const hash = toHash();
  try {
    history.replaceState(null, "", hash === "" ? location.pathname + location.search : `#${hash}`);
  } catch {
    document.documentElement.dataset.address = "none";
  }
}

// ---------------------------------------------------------------- drawers of small screens, keys, wiring

function openDrawer(which) {
  for (const drawer of ["filters", "panel"]) {
    document.body.classList.toggle(`${drawer}-open`, drawer === which);
    byId(`open-${drawer}`).setAttribute("aria-expanded", String(drawer === which));
  }
}

const closeDrawers = () => openDrawer(null);
const toggleDrawer = (which) => openDrawer(document.body.classList.contains(`${which}-open`) ? null : which);

function zoom(how) {
  if (drawing === null) return;
  if (how === "fit") fit();
  else drawing.moveTo({ scale: drawing.getScale() * (how === "in" ? 1.3 : 1 / 1.3) });
}

function drawingKey(event) {
  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const zooms = { "+": "in", "=": "in", "-": "out", 0: "fit" };
  if (drawing === null || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in zooms) zoom(zooms[event.key]);
  else if (event.key in steps) {
    const { x, y } = drawing.getViewPosition();
    const [right, down] = steps[event.key].map((step) => (step * 60) / drawing.getScale());
    drawing.moveTo({ position: { x: x + right, y: y + down } });
  } else return;
  event.preventDefault();
}

function pageKey(event) {
  const typing = event.target.matches("input:not([type=checkbox], [type=range]), textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    byId("search").focus();
    byId("search").select();
    event.preventDefault();
  } else if (event.key === "Escape") {
    closeDrawers();
    select(null);
  }
}

function followAddress() {
  fromHash(location.hash);
  changed();
  if (choice.selected !== null) {
    openDrawer("panel");
    paintSelection(true);
  }
}

function wire() {
  byId("search").addEventListener("input", search);
  byId("search").addEventListener("keydown", searchKey);
  byId("search").addEventListener("focus", () => { if (byId("search").value !== "") search(); });
  byId("search").addEventListener("blur", () => paintMatches(false));
  byId("reset").addEventListener("click", showAll);
  byId("open-filters").addEventListener("click", () => toggleDrawer("filters"));
  byId("open-panel").addEventListener("click", () => toggleDrawer("panel"));
  for (const one of document.querySelectorAll("[data-zoom]")) one.addEventListener("click", () => zoom(one.dataset.zoom));
  byId("graph").addEventListener("keydown", drawingKey);
  document.addEventListener("keydown", pageKey);
  window.addEventListener("hashchange", followAddress);
  dark.addEventListener("change", () => { readTheme(); paintDrawing(); });
}

readTheme();
fromHash(location.hash);
refresh();
buildLegend();
buildYears();
if (records.length > 0) draw();
else document.documentElement.dataset.ready = "yes";
wire();
followAddress();
