// The front door of the page: choosing, what follows from a change, the address, keys and wiring.

// ---------------------------------------------------------------- choosing

function select(target, { show = false } = {}) {
  const inside = byId("panel").contains(document.activeElement) || document.activeElement === byId("search");
  const from = choice.start;
  choice.start = null;
  if (from !== null && target?.node !== undefined && target.node !== from) target = { path: { from, to: target.node } };
  choice.selected = target;
  hovered = null;
  byId("tip").hidden = true;
  if (target !== null) openDrawer("panel");
  paintPanel();
  paintSelection(show);
  paintFace();
  remember();
  if (inside) byId("panel").querySelector(target === null ? "button.entity" : "h2.chosen")?.focus({ preventScroll: true });
}

// The next entity that is chosen is the other end of a path.
function startPath(from) {
  choice.start = choice.start === from ? null : from;
  paintPanel();
  byId("start-path")?.focus({ preventScroll: true });
}

function paintSelection(show) {
  if (drawing === null) return;
  const { node, edge } = choice.selected ?? {};
  drawing.setSelection({ nodes: node !== undefined && shown.nodes.has(node) ? [node] : [], edges: [] }, { highlightEdges: false });
  if (show && choice.selected !== null && choice.face === "network") bringIntoView(around(choice.selected).dots.filter((id) => shown.nodes.has(id)));
  redraw();
}

// Moves the drawing only when what was chosen, with its neighbours, can't be seen or read as it is.
function bringIntoView(ids) {
  if (ids.length === 0) return;
  const { width, height } = byId("graph").getBoundingClientRect();
  const low = matchMedia("(max-width: 760px)").matches ? height * 0.45 : height; // below it lies the panel
  const seen = drawing.getScale() > 0.45 && ids.every((id) => {
    const at = drawing.canvasToDOM(drawing.getPosition(id));
    return at.x > 40 && at.y > 40 && at.x < width - 40 && at.y < low - 40;
  });
  if (seen) return;
  const places = ids.map((id) => drawing.getPosition(id));
  const ends = (axis) => [Math.min(...places.map((at) => at[axis])), Math.max(...places.map((at) => at[axis]))];
  const [left, right] = ends("x");
  const [top, bottom] = ends("y");
  drawing.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 },
    offset: { x: 0, y: (low - height) / 2 },
    scale: Math.max(Math.min((width - 120) / (right - left + 1), (low - 110) / (bottom - top + 1), 1), 0.05),
    animation: calm.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" },
  });
}

// ---------------------------------------------------------------- everything after a change

function changed() {
  refresh();
  paintLegend();
  paintYears();
  paintDrawing();
  paintPanel();
  paintSelection(false);
  paintFace();
  paintCounts();
  remember();
}

// ---------------------------------------------------------------- the faces: network and timeline

function paintFace() {
  const timely = choice.face === "timeline";
  byId("timeline").hidden = !timely;
  for (const id of ["graph", "zoom", "loosen"]) byId(id).hidden = timely;
  for (const one of document.querySelectorAll("[data-face]")) one.setAttribute("aria-pressed", String(one.dataset.face === choice.face));
  if (timely) paintTimeline();
}

function showFace(face) {
  choice.face = face;
  loosen(false);
  paintFace();
  if (face === "network") drawing?.redraw();
  remember();
}

function paintCounts() {
  const telling = new Set(records.map((record) => record.source).filter((source) => source !== null));
  const total = `${plural(nodes.length, "entity", "entities")} and ${plural(records.length, "record", "records")} from ${plural(telling.size, "source", "sources")}`;
  const span = YEARS === null ? "" : `, ${YEARS.from === YEARS.to ? YEARS.from : `${YEARS.from}–${YEARS.to}`}`;
  const now = narrowed() ? ` Shown: ${plural(shown.records.size, "record", "records")}, ${plural(shown.nodes.size, "entity", "entities")}.` : "";
  const crowd = records.filter((record) => record.nodes.length > maxParties).length;
  const lost = [
    leftOut.entities ? `${plural(leftOut.entities, "entity", "entities")} with the fewest records` : "",
    leftOut.records ? `${plural(leftOut.records, "record", "records")} of those that have most, evenly over time` : "",
  ].filter(Boolean).join(" and ");
  const omitted = lost ? ` Left out, to stay readable: ${lost}. To see them, ask for less: an entity (--entity), a kind of record (a named query), a span of time (-p from=… -p to=…).` : "";
  const clique = crowd ? ` Without lines, in the panel only: ${plural(crowd, "record", "records")} of more than ${maxParties} parties.` : "";
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

const fullScreen = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());

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
  if (byId("keys").open) return; // Escape closes that, and nothing else
  const typing = event.target.matches("input:not([type=checkbox], [type=range]), textarea, select");
  if (event.key === "Escape") {
    closeDrawers();
    select(null);
  } else if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && Object.hasOwn(KEYS, event.key)) {
    KEYS[event.key].act();
    event.preventDefault();
  }
}

const KEYS = {
  "/": { says: "Find an entity by any of its names", act: () => { byId("search").focus(); byId("search").select(); } },
  t: { says: "Network or timeline", act: () => showFace(choice.face === "timeline" ? "network" : "timeline") },
  f: { says: "Go to the filters", act: () => { openDrawer("filters"); byId("filters").querySelector("input")?.focus(); } },
  l: { says: "Go to the list or the records", act: () => { openDrawer("panel"); byId("panel").querySelector("button.entity, h2.chosen")?.focus(); } },
  d: { says: "Go to the drawing; there arrows move it, + and − zoom, 0 shows all", act: () => byId(choice.face === "timeline" ? "timeline" : "graph").focus() },
  p: { says: "The path from the chosen entity to the next one chosen", act: () => { if (choice.selected?.node !== undefined) startPath(choice.selected.node); } },
  y: { says: "Let the years run, or stop them", act: () => { if (!byId("time").hidden) play(); } },
  z: { says: "Loosen or freeze the drawing", act: () => { if (choice.face === "network") loosen(byId("loosen").getAttribute("aria-pressed") !== "true"); } },
  x: { says: "Full screen, and back", act: () => { if (document.fullscreenEnabled) fullScreen(); } },
  a: { says: "Show all: no filter", act: () => showAll() },
  "?": { says: "These keys", act: () => showKeys() },
};

// A dialog, so that the keyboard stays in it and Escape closes it.
function showKeys() {
  const rows = Object.entries({ ...Object.fromEntries(Object.entries(KEYS).map(([key, { says }]) => [key, says])), Escape: "Give up what is chosen", "Shift + click": "The path from the chosen entity to this one" });
  const keys = byId("keys");
  keys.replaceChildren(
    el("h2", {}, "Keys"),
    el("dl", {}, ...rows.flatMap(([key, says]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, says)])),
    button("Close", () => keys.close()),
  );
  keys.showModal();
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
  for (const one of document.querySelectorAll("[data-face]")) one.addEventListener("click", () => showFace(one.dataset.face));
  byId("loosen").addEventListener("click", KEYS.z.act);
  byId("full").addEventListener("click", fullScreen);
  byId("full").hidden = !document.fullscreenEnabled;
  byId("help").addEventListener("click", showKeys);
  byId("graph").addEventListener("keydown", drawingKey);
  document.addEventListener("keydown", pageKey);
  window.addEventListener("hashchange", followAddress);
  dark.addEventListener("change", () => { readTheme(); paintDrawing(); });
}

function ready() {
  document.documentElement.dataset.ready = "yes";
}

readTheme();
fromHash(location.hash);
refresh();
buildLegend();
buildYears();
buildTimeline();
buildFiles();
if (records.length > 0) draw();
wire();
followAddress();
if (drawing === null || choice.face === "timeline") ready(); // nothing is drawn, or not yet
