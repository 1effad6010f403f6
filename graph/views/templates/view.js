// The front door of the page: choosing, what follows from a change, the address, keys and wiring.

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
  if (show && choice.selected !== null) bringIntoView(around(choice.selected).dots.filter((id) => shown.nodes.has(id)));
  drawing.redraw();
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
  paintCounts();
  remember();
}

function paintCounts() {
  const total = `${plural(nodes.length, "entity", "entities")} and ${plural(records.length, "record", "records")} from ${plural(sources.length, "source", "sources")}`;
  const span = YEARS === null ? "" : `, ${YEARS.from === YEARS.to ? YEARS.from : `${YEARS.from}–${YEARS.to}`}`;
  const now = narrowed() ? ` Shown: ${plural(shown.records.size, "record", "records")}, ${plural(shown.nodes.size, "entity", "entities")}.` : "";
  const crowd = records.filter((record) => record.nodes.length > maxParties).length;
  const omitted = leftOut.entities ? ` Left out: ${plural(leftOut.entities, "entity", "entities")} with the fewest records; ask for a kind, a date or an entity to see them.` : "";
  const bare = leftOut.records ? ` Left out: ${plural(leftOut.records, "record", "records")} without an entity to draw.` : "";
  const clique = crowd ? ` Without lines, in the panel only: ${plural(crowd, "record", "records")} of more than ${maxParties} parties.` : "";
  byId("counts").textContent = `${total}${span}.${now}${omitted}${bare}${clique}`;
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
