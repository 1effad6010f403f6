// The timeline: what is shown, by its dates, in lanes. A day is a dot; a record of which we only know that it was some day
// within a month, a year, a war is a bar over all of it.

const AXIS = 26;

// `at` is the mark that the keys are on; `body` the drawing below the axis.
const timeline = { drawnFor: [], lanes: [], marks: [], at: null, chosen: null, body: null, ring: null };

function buildTimeline() {
  const lanes = el("select", { id: "lanes" }, ...Object.entries(LANES).map(([key, label]) => el("option", { value: key }, label)));
  lanes.addEventListener("change", () => { choice.lanes = lanes.value; changed(); });
  const paper = el("div", { class: "paper", tabindex: "-1" });
  const box = byId("timeline");
  box.replaceChildren(
    el("div", { class: "head" }, el("label", {}, "Lanes by ", lanes)),
    paper,
    el("p", { class: "foot" }, el("span", { id: "not-here" }), ...keyOfMarks()),
    el("p", { class: "offscreen", id: "at-mark", "aria-live": "polite" }),
  );
  box.addEventListener("keydown", timelineKey);
  box.addEventListener("focusout", () => { showRing(null); });
  paper.addEventListener("pointermove", (event) => pointAt(event.pointerType === "mouse" ? markUnder(event, 3) : null, event));
  paper.addEventListener("pointerleave", () => pointAt(null));
  paper.addEventListener("click", (event) => {
    const label = event.target.closest("[data-node]");
    if (label !== null) select({ node: Number(label.dataset.node) });
    else openMark(markUnder(event, 12));
  });
  new ResizeObserver(() => { if (choice.face === "timeline") paintTimeline(); }).observe(box);
}

const paperOfTimeline = () => byId("timeline").querySelector(".paper");

// Anew when what is shown, the lanes or the width are others; a choice alone only lights up its marks.
function paintTimeline() {
  const now = [shown.records, choice.lanes, byId("timeline").clientWidth || 960];
  if (now.some((part, place) => part !== timeline.drawnFor[place])) {
    timeline.drawnFor = now;
    drawTimeline(now.at(-1));
  }
  paintChosen();
}

function drawTimeline(width) {
  const all = [...shown.records].map((index) => records[index]);
  const own = all.filter(isDated);
  const missing = all.length - own.length;
  byId("lanes").value = choice.lanes;
  byId("not-here").textContent = missing ? `${plural(missing, "record", "records")} without a date ${missing === 1 ? "is" : "are"} not here.` : "";
  standBesideTools(width);
  Object.assign(timeline, { lanes: [], marks: [], at: null });
  const wide = width >= 560; // else a telephone: the name of a lane is above it
  const beside = wide ? Math.min(220, Math.round(width * 0.29)) : 0;
  const scale = own.length > 0 ? timeScale(beside + 18, width - 26) : null;
  const softness = new Map();
  const groups = [];
  let height = 0;
  for (const lane of own.length > 0 ? lanesOf(own) : []) {
    const drawnLane = drawLane(lane, { top: height, wide, beside, width, scale, softness });
    groups.push(drawnLane.group);
    height += drawnLane.height;
  }
  timeline.ring = inSvg("rect", { class: "ring", rx: 5, hidden: "" });
  timeline.body = inSvg("svg", { class: "body", width, height, "aria-hidden": "true" }, inSvg("defs", {}, ...softness.values()));
  const axis = inSvg("svg", { class: "axis", width, height: AXIS, "aria-hidden": "true" });
  if (scale !== null) drawTicks(axis, timeline.body, scale, height);
  timeline.body.append(...groups, timeline.ring);
  paperOfTimeline().replaceChildren(axis, timeline.body);
}

// The tools lie over the corner of the stage: our own stand beside them, or below where there is no room.
function standBesideTools(width) {
  const { offsetWidth, offsetHeight, offsetTop } = byId("tools");
  const below = offsetTop + offsetHeight + 8;
  const head = byId("timeline").querySelector(".head");
  head.style.setProperty("padding-top", width - offsetWidth > 210 ? `${offsetTop}px` : `${below}px`);
  head.style.setProperty("min-height", `${below}px`);
}

function drawTicks(axis, body, scale, height) {
  const step = STEPS.find((one) => widthOf(one, scale) >= ROOM[one.unit]) ?? STEPS.at(-1);
  for (const day of periods(step, scale).filter((one) => one >= scale.from && one < scale.to)) {
    const x = scale.x(day);
    axis.append(lineOf("tick", x, AXIS - 5, x, AXIS), textAt(Math.max(x, ROOM[step.unit] / 2 - 6), 16, tickLabel(step.unit, day)));
    body.append(lineOf("grid", x, 0, x, height));
  }
}

const lineOf = (kind, x1, y1, x2, y2) => inSvg("line", { class: kind, x1, y1, x2, y2 });
const textAt = (x, y, text, attributes = {}) => inSvg("text", { x, y, ...attributes }, text);

function drawLane(lane, { top, wide, beside, width, scale, softness }) {
  const { marks, pitch } = pack(lane.records, scale);
  const rows = marks.reduce((most, mark) => Math.max(most, mark.row + 1), 1);
  const above = wide ? Math.max(8, (32 - rows * pitch) / 2) : 27;
  const group = inSvg("g", { class: pitch === THIN.pitch ? "lane thin" : "lane", "data-lane": lane.key });
  if (top > 0) group.append(lineOf("between", 0, top, width, top));
  group.append(laneName(lane, top + 20, wide ? beside : width - 12));
  const crowd = marks.reduce((most, mark) => Math.max(most, mark.records.length), 1);
  for (const mark of marks) {
    Object.assign(mark, { lane: timeline.lanes.length, y: top + above + (mark.row + 0.5) * pitch });
    mark.element = drawMark(mark, crowd, softness);
    group.append(mark.element);
  }
  timeline.lanes.push([...marks].sort((a, b) => a.records[0].index - b.records[0].index)); // as records are: by date
  timeline.marks.push(...marks);
  return { group, height: above + rows * pitch + (wide ? above : 10) };
}

function laneName(lane, y, right) {
  const group = inSvg("g", lane.node === undefined ? { class: "name" } : { class: "name pick", "data-node": lane.node });
  const count = lane.records.length.toLocaleString("en");
  const left = lane.swatch === null ? 14 : 20 + Number(lane.swatch.getAttribute("width"));
  group.append(inSvg("rect", { class: "reach", x: 8, y: y - 18, width: Math.max(right - 8, 0), height: 26 }));
  if (lane.swatch !== null) {
    lane.swatch.setAttribute("x", 14);
    lane.swatch.setAttribute("y", y - 12.5);
    group.append(lane.swatch);
  }
  // Isolated, so that no name turns the direction of what is beside it.
  const shortName = `\u2068${shortened(lane.label, right - left - count.length * 7 - 10)}\u2069`;
  group.append(inSvg("title", {}, lane.label), textAt(left, y, shortName), textAt(right, y, count, { class: "number" }));
  return group;
}

const pen = document.createElement("canvas").getContext("2d");

function shortened(text, room) {
  pen.font = `13px ${theme.face}`;
  const fits = (part) => pen.measureText(part).width <= room;
  if (fits(text)) return text;
  const letters = [...text].slice(0, 200);
  while (letters.length > 1 && !fits(`${letters.join("")}…`)) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

// ---------------------------------------------------------------- what a mark looks like

const isDay = (record) => record.earliest !== null && record.earliest === record.latest;
const MARKS = {
  day: { says: "that day", of: isDay },
  range: { says: "some day within", of: (record) => !isDay(record) },
  about: { says: "about then", of: (record) => /[~?%]/.test(record.date ?? "") },
  said: { says: "said", of: isStance },
  planned: { says: "planned", of: (record) => record.realis === "planned" },
  undone: { says: "refused or denied", of: (record) => record.realis === "refused" || record.realis === "denied" },
};

function drawMark({ records: all, left, right, y, size, before, after }, crowd, softness) {
  const [record] = all;
  if (all.length > 1) {
    const count = textAt((left + right) / 2, y + 4, `×${all.length.toLocaleString("en")}`);
    const group = coloured(inSvg("g", { class: "mark together" }, barOf(left, right, y, size), count), mainFamily(all.map(({ index }) => index)));
    group.style.setProperty("fill-opacity", 0.08 + 0.32 * (all.length / crowd)); // the more, the darker
    return group;
  }
  const kinds = Object.keys(MARKS).filter((kind) => MARKS[kind].of(record));
  const mark = coloured(markOfKinds(kinds, left, right, y, size), record.family);
  if (!isDay(record)) mark.style.setProperty("--paint", soft(record.family, before, after, softness));
  return mark;
}

const barOf = (left, right, y, size) => inSvg("rect", { x: left, y: y - size / 2, width: right - left, height: size, rx: 3 });

function markOfKinds(kinds, left, right, y, size) {
  const half = size / 2;
  const bar = kinds.includes("range") ? barOf(left, right, y, size) : inSvg("circle", { cx: left + half, cy: y, r: half });
  const strike = kinds.includes("undone") ? lineOf("strike", left - 2, y + half + 2, left + size + 2, y - half - 2) : "";
  return inSvg("g", { class: ["mark", ...kinds].join(" ") }, bar, strike);
}

function coloured(element, family) {
  element.style.setProperty("--family", familyColour(family));
  return element;
}

// The paint of a bar: faint at its ends, as its first and last day are as likely as any; fading away where it has no end.
function soft(family, before, after, softness) {
  const key = [family, before, after].join();
  if (!softness.has(key)) {
    const stops = [[0, before ? 0 : 0.35], [before ? 0.5 : 0.15, 0.8], [after ? 0.5 : 0.85, 0.8], [1, after ? 0 : 0.35]];
    const gradient = inSvg("linearGradient", { id: `soft-${softness.size}` }, ...stops.map(([offset, opacity]) => inSvg("stop", { offset, "stop-opacity": opacity })));
    softness.set(key, coloured(gradient, family));
  }
  return `url("#${softness.get(key).id}")`;
}

// What the marks mean, of those that the view has.
function keyOfMarks() {
  const kinds = Object.keys(MARKS).filter((kind) => dated.some(MARKS[kind].of));
  return kinds.map((kind) => {
    const wide = kind === "range" || kind === "about";
    const mark = coloured(markOfKinds(wide ? [kind, "range"] : [kind], 3, wide ? 25 : 12, 8, 9), "other");
    return el("span", { class: "kind" }, inSvg("svg", { width: wide ? 28 : 15, height: 16, "aria-hidden": "true" }, mark), MARKS[kind].says);
  });
}

// ---------------------------------------------------------------- what is chosen, pointed at, walked to

function paintChosen() {
  const lit = new Set(recordsOfChosen());
  const on = lit.size === 0 ? [] : timeline.marks.filter((mark) => mark.records.some(({ index }) => lit.has(index)));
  for (const mark of timeline.body.querySelectorAll(".on")) mark.classList.remove("on");
  for (const mark of on) mark.element.classList.add("on");
  timeline.body.classList.toggle("choosing", on.length > 0);
  if (timeline.chosen !== choice.selected && on.length > 0 && !on.some(isInView)) bringIntoPaper(on[0]);
  timeline.chosen = choice.selected;
}

function recordsOfChosen() {
  const { node, edge, record, path } = choice.selected ?? {};
  if (node !== undefined) return recordsOf[node].map(({ index }) => index);
  if (edge !== undefined) return edges[edge].records;
  if (record !== undefined) return [record];
  return path === undefined ? [] : (pathBetween(path.from, path.to) ?? []).flatMap((step) => step.records);
}

function isInView({ y }) {
  const { scrollTop, clientHeight } = paperOfTimeline();
  return y >= scrollTop && y <= scrollTop + clientHeight - AXIS;
}

function bringIntoPaper({ y }) {
  const paper = paperOfTimeline();
  const lowest = y + 24 + AXIS - paper.clientHeight;
  paper.scrollTop = Math.min(Math.max(paper.scrollTop, lowest), y - 24);
}

// The mark nearest to the pointer, of those in reach.
function markUnder(event, reach) {
  if (event.target.closest(".axis")) return null;
  const { left, top } = timeline.body.getBoundingClientRect();
  const [x, y] = [event.clientX - left, event.clientY - top];
  const away = (mark) => Math.max(mark.left - x, x - mark.right, Math.abs(y - mark.y) - mark.size / 2);
  let [nearest, least] = [null, reach];
  for (const mark of timeline.marks) {
    const now = away(mark);
    if (now < least) [nearest, least] = [mark, now];
  }
  return nearest;
}

function pointAt(mark, at) {
  const tip = byId("tip");
  tip.hidden = mark === null;
  paperOfTimeline().classList.toggle("pointing", mark !== null);
  if (mark === null) return;
  tip.replaceChildren(...tellingOf(mark).map((line) => el("bdi", { class: "line" }, line)));
  placeTip(at);
}

// When, what, who.
function tellingOf({ records: all }) {
  if (all.length > 1) return [spanOf(all), plural(all.length, "record", "records")];
  const [record] = all;
  const happened = record.realis === null || record.realis === "actual" ? "" : `, ${record.realis}`;
  const names = record.nodes.slice(0, 6).map((id) => `\u2068${nodes[id].name}\u2069`);
  if (record.nodes.length > 6) names.push(`and ${record.nodes.length - 6} more`);
  return [whenOf(record), capital(record.kind) + happened, names.join(" · ")].filter(Boolean);
}

const whenOf = ({ date, earliest, latest }) => dateInWords(date ?? (earliest === latest ? earliest : `${earliest ?? ""}/${latest ?? ""}`));

function spanOf(all) {
  const [from, to] = [Math.min(...all.map((record) => record.year)), Math.max(...all.map((record) => record.lastYear))];
  return from === to ? String(from) : `${from} – ${to}`;
}

function openMark(mark) {
  timeline.at = mark ?? timeline.at;
  if (mark === null) select(null);
  else if (mark.records.length === 1) select({ record: mark.records[0].index });
  else listTogether(mark.records);
}

// Records drawn as one have no address: the panel lists them until something else is chosen.
function listTogether(all) {
  select(null);
  openDrawer("panel");
  byId("panel").replaceChildren(
    backBar(),
    el("h2", { class: "chosen", tabindex: "-1" }, spanOf(all)),
    el("p", { class: "hint" }, plural(all.length, "record", "records")),
    ...recordList(all, all.length, null).filter(Boolean),
  );
}

// Left and right go by date within a lane, up and down to what is nearest in the next.
function timelineKey(event) {
  const { at, lanes } = timeline;
  if (event.target.matches("select") || event.ctrlKey || event.metaKey || event.altKey || lanes.length === 0) return;
  const lane = lanes[at?.lane ?? 0];
  const place = lane.indexOf(at);
  const goals = {
    ArrowRight: () => lane[place + 1],
    ArrowLeft: () => lane[Math.max(place - 1, 0)],
    ArrowDown: () => nearestTo(at, lanes[(at?.lane ?? -1) + 1]),
    ArrowUp: () => nearestTo(at, lanes[(at?.lane ?? 1) - 1]),
    Home: () => lane[0],
    End: () => lane.at(-1),
  };
  if (Object.hasOwn(goals, event.key)) walkTo(goals[event.key]() ?? at);
  else if ((event.key === "Enter" || event.key === " ") && at !== null) openMark(at);
  else return;
  event.preventDefault();
}

function nearestTo(mark, lane) {
  if (lane === undefined || mark === null) return lane?.[0];
  const away = (other) => Math.abs(other.left + other.right - mark.left - mark.right);
  return lane.reduce((best, other) => (away(other) < away(best) ? other : best));
}

function walkTo(mark) {
  timeline.at = mark;
  bringIntoPaper(mark);
  showRing(mark);
  byId("at-mark").textContent = tellingOf(mark).join(", ");
  const { right, bottom } = timeline.ring.getBoundingClientRect();
  pointAt(mark, { clientX: right - 10, clientY: bottom - 8 });
}

function showRing(mark) {
  timeline.ring?.toggleAttribute("hidden", mark === null);
  if (mark === null) return pointAt(null);
  const half = mark.size / 2 + 3;
  const sides = { x: mark.left - 3, y: mark.y - half, width: mark.right - mark.left + 6, height: 2 * half };
  for (const [key, value] of Object.entries(sides)) timeline.ring.setAttribute(key, value);
}

// ---------------------------------------------------------------- to take away

const TAKEN = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "opacity"];
const TAKEN_BY = { text: ["fill", "fill-opacity", "opacity", "font-size", "text-anchor"], stop: ["stop-color"], title: [], defs: [], linearGradient: [] };

// The whole drawing as one SVG that needs no style from elsewhere.
function timelineSvg() {
  paintTimeline();
  const [axis, body] = paperOfTimeline().children;
  const [width, height] = [axis.getAttribute("width"), AXIS + Number(body.getAttribute("height"))];
  const ground = inSvg("rect", { width, height, fill: theme.ground });
  const below = withItsLooks(body);
  below.setAttribute("y", AXIS);
  return inSvg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "font-family": theme.face }, ground, withItsLooks(axis), below);
}

function withItsLooks(original) {
  const copy = original.cloneNode(true);
  copy.removeAttribute("class");
  const copies = [...copy.querySelectorAll("*")];
  for (const [place, element] of [...original.querySelectorAll("*")].entries()) {
    const look = getComputedStyle(element);
    for (const property of TAKEN_BY[element.tagName] ?? TAKEN) copies[place].setAttribute(property, look.getPropertyValue(property).replaceAll('"', "")); // url("#…")
    for (const attribute of ["class", "style", "data-lane", "data-node"]) copies[place].removeAttribute(attribute);
  }
  for (const unseen of copy.querySelectorAll("[fill='none'][stroke='none'], [hidden]")) unseen.remove();
  return copy;
}
