// What can be taken away: a picture, the records as a table, the statements as Turtle; always of what is shown.

// ---------------------------------------------------------------- the pictures

const SYMBOLS = { // their corners around the middle, as vis-network draws them; a dot has none
  square: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
  diamond: [[0, -1], [1, 0], [0, 1], [-1, 0]],
  hexagon: [[1, 0], [0.5, 0.866], [-0.5, 0.866], [-1, 0], [-0.5, -0.866], [0.5, -0.866]],
  triangle: [[0, -1.01], [1.15, 0.98], [-1.15, 0.98]],
  triangleDown: [[0, 1.01], [1.15, -0.98], [-1.15, -0.98]],
};
const MARGIN = 24;
const MOST_SOURCES = 12; // named under a picture
const ruler = el("canvas").getContext("2d");

const svgText = (x, y, size, lines, attributes = {}) =>
  inSvg("text", { y, "font-size": size, ...attributes }, ...lines.map((line, at) => inSvg("tspan", { x, dy: at && size * 1.15 }, line)));

// With its title above and its sources below.
function picture() {
  if (choice.face === "network") return networkSvg();
  const svg = timelineSvg();
  const [left, top, width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  return framed({ left, top, right: left + width, bottom: top + height }, [svg]);
}

// The whole network as it stands: no zoom, no veil, every label.
function networkSvg() {
  const places = new Map([...shown.nodes].map((id) => [id, drawing === null ? nodes[id] : drawing.getPosition(id)]));
  const marks = { lines: [], dots: [], labels: [] };
  const box = places.size === 0 ? { left: 0, right: 0, top: 0, bottom: 0 } : { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const id of shown.edges.keys()) {
    const { width, color, dashes } = lineLook(edges[id]);
    const [from, to] = [places.get(edges[id].from), places.get(edges[id].to)];
    const line = { x1: from.x, y1: from.y, x2: to.x, y2: to.y, stroke: color.color, "stroke-width": width };
    marks.lines.push(inSvg("line", dashes ? { ...line, "stroke-dasharray": dashes.join(" ") } : line, inSvg("title", {}, tipText({ edge: id }))));
  }
  for (const [id, { x, y }] of places) {
    const { label, size, shape, font } = nodes[id];
    const words = label.split("\n");
    const points = SYMBOLS[shape]?.map(([right, down]) => `${(x + right * size).toFixed(1)},${(y + down * size).toFixed(1)}`).join(" ");
    const look = { fill: dotLook(nodes[id]).color.background };
    const title = inSvg("title", {}, tipText({ node: id }));
    marks.dots.push(points ? inSvg("polygon", { points, ...look }, title) : inSvg("circle", { cx: x, cy: y, r: size, ...look }, title));
    marks.labels.push(svgText(x, y + size + 3 + font * 0.85, font, words));
    const side = Math.max(size * 1.15, (textWidth(ruler, words, id) * font) / 200);
    box.left = Math.min(box.left, x - side);
    box.right = Math.max(box.right, x + side);
    box.top = Math.min(box.top, y - size);
    box.bottom = Math.max(box.bottom, y + size + 6 + font * 1.15 * words.length);
  }
  return framed(box, [
    inSvg("g", { "stroke-opacity": 0.8 }, ...marks.lines),
    inSvg("g", { stroke: theme.ground, "stroke-width": 1.5 }, ...marks.dots),
    inSvg("g", { "text-anchor": "middle", stroke: theme.ground, "stroke-width": 4, "stroke-linejoin": "round", "paint-order": "stroke" }, ...marks.labels),
  ]);
}

function framed({ left, right, top, bottom }, marks) {
  const width = Math.max(right - left, 420);
  const size = Math.min(Math.max(width / 85, 13), 28); // of the sources; it grows with the picture, to be read when that is made small
  const lines = (text, height) => {
    ruler.font = `${height}px ${theme.face}`;
    return wrapped(text, (line) => ruler.measureText(line).width <= width);
  };
  const [heading, sourced] = [lines(document.title, size * 1.7), lines(sourcesInWords(), size)];
  const head = MARGIN + heading.length * size * 2;
  const foot = (sourced.length + 1) * size * 1.15 + 2 * MARGIN;
  const [x, y] = [(left + right - width) / 2 - MARGIN, top - MARGIN - head].map(Math.floor);
  const frame = { x, y, width: Math.ceil(width + 2 * MARGIN), height: Math.ceil(bottom + foot - y) };
  return inSvg("svg", { viewBox: Object.values(frame).join(" "), width: frame.width, height: frame.height, fill: theme.ink, "font-family": theme.face },
    inSvg("title", {}, document.title),
    inSvg("rect", { ...frame, fill: theme.ground }),
    svgText(x + MARGIN, y + MARGIN + size * 1.3, size * 1.7, heading, { "font-weight": "bold" }),
    ...marks,
    svgText(x + MARGIN, bottom + MARGIN + size * 1.5, size, sourced, { "fill-opacity": 0.75 }));
}

function wrapped(text, fits) {
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function sourcesInWords() {
  const used = [...new Set(shownRecords(records).map((record) => record.source))].filter((source) => source !== null).sort((a, b) => a - b);
  const told = used.slice(0, MOST_SOURCES).map((source) => [sources[source].title || sources[source].id, sources[source].publisher].filter(Boolean).join(", "));
  const more = used.length - told.length;
  return told.length ? `Sources: ${told.join("; ")}${more ? `; and ${more} more` : ""}.` : "";
}

// XML holds neither control characters nor halves of pairs, not even escaped.
const asXml = (svg) =>
  new XMLSerializer().serializeToString(svg).replace(/\p{Cs}/gu, "\ufffd").replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "");

async function asPng() {
  const canvas = choice.face === "network" && drawing !== null ? seenDrawing() : await painting(asXml(picture()));
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("too large"))), "image/png"));
}

// The drawing as it is seen, drawn once more at twice the size where a screen is coarse. vis-network takes the size from the
// screen again when it is asked to draw, so nobody sees that.
function seenDrawing() {
  const screen = drawing.canvas.frame.canvas;
  const { clientWidth, clientHeight } = screen;
  drawing.canvas.pixelRatio = Math.max(devicePixelRatio, 2);
  screen.width = clientWidth * drawing.canvas.pixelRatio;
  screen.height = clientHeight * drawing.canvas.pixelRatio;
  drawing.renderer._redraw();
  const canvas = onGround(screen, screen.width, screen.height);
  drawing.redraw();
  return canvas;
}

// The policy of the page lets a picture come from a data: address only.
async function painting(xml) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(xml)}`;
  await image.decode();
  const scale = Math.min(2, 16_000 / Math.max(image.naturalWidth, image.naturalHeight)); // more than that a canvas can't hold
  return onGround(image, image.naturalWidth * scale, image.naturalHeight * scale);
}

function onGround(image, width, height) {
  const canvas = el("canvas", { width: Math.round(width), height: Math.round(height) });
  const context = canvas.getContext("2d");
  context.fillStyle = theme.ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

// ---------------------------------------------------------------- the records as a table

const COLUMNS = {
  record: (record) => record.id,
  type: (record) => record.terms.find(([term]) => term === "type")?.[1] ?? capital(record.record),
  kind: (record) => record.kind,
  family: (record) => (isStance(record) ? null : record.family),
  polarity: (record) => (isStance(record) ? record.family : null),
  date: (record) => record.date,
  earliest: (record) => record.earliest,
  latest: (record) => record.latest,
  realis: (record) => record.realis,
  parties: (record) => record.nodes.map((id) => nodes[id].name).join("; "),
  party_iris: (record) => record.nodes.map((id) => nodes[id].iri).join("; "),
  place: (record) => record.place?.[1],
  detail: (record) => record.detail.map(([term, value]) => `${term}=${value}`).join("; "),
  text: (record) => record.text,
  source: (record) => sources[record.source]?.id,
  source_title: (record) => sources[record.source]?.title,
  publisher: (record) => sources[record.source]?.publisher,
  perspective: (record) => sources[record.source]?.perspective,
  speaker: (record) => record.speaker,
  rule: (record) => record.rule,
  start: (record) => (record.source === null ? null : record.start),
  end: (record) => (record.source === null ? null : record.end),
};

// A spreadsheet calculates what begins like a formula, and text from a source could have it do harm: an apostrophe before it
// makes it text. It is the one thing in which a cell differs from the graph.
function cell(value) {
  const text = String(value ?? "").replace(/^(?=[=+\-@\t\r\n])/, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// RFC 4180, in UTF-8 without a mark of byte order.
function asCsv() {
  const rows = shownRecords(records).map((record) => Object.values(COLUMNS).map((of) => cell(of(record))));
  return [Object.keys(COLUMNS), ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

// ---------------------------------------------------------------- the statements as Turtle

// What an IRI may be made of (RFC 3987). No graph holds another, so what has one is left out.
const IRI = /^[a-z][a-z\d+.-]*:(?:[\w\-.~:/?#@!$&'()*+,;=\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\u{10000}-\u{effff}]|%[\da-f]{2})*$/iu;
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

// What can't be seen, and what turns the direction of the text after it, is written as a number.
const escaped = (text) =>
  text.replace(/[\\"\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (sign) =>
    ESCAPES[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

function inTurtle(iri) {
  if (!IRI.test(iri)) return null;
  for (const [prefix, namespace] of Object.entries(prefixes)) {
    if (iri.startsWith(namespace) && /^[a-z\d][\w-]*$/i.test(iri.slice(namespace.length))) return `${prefix}:${iri.slice(namespace.length)}`;
  }
  return `<${escaped(iri)}>`;
}

const literal = (text, as = "") => (text ? `"${escaped(text)}"${as}` : null);
const ownTerm = (term) => inTurtle(term.includes(":") ? term : prefixes[""] + term);
const NUMBERS = ["quantity", "amount", "value"];

// Triples that the graph has, and no others; what the page only half knows is left out.
function asTurtle() {
  const said = new Map(); // by subject: objects by predicate
  const say = (subject, predicate, object) => {
    if (!inTurtle(subject) || !predicate || !object) return;
    const about = said.get(subject) ?? new Map();
    said.set(subject, about.set(predicate, (about.get(predicate) ?? new Set()).add(object)));
  };
  const own = shownRecords(records);
  const [statements, told] = [own.filter((record) => record.record === "statement"), own.filter((record) => record.record !== "statement")];
  const left = statements.filter((record) => !sayStatement(say, record)).length;
  for (const record of told) sayRecord(say, record);
  for (const source of new Set(told.map((record) => record.source))) if (source !== null) saySource(say, sources[source]);
  // Of what a query of the user's own names, the graph may say nothing.
  for (const id of shown.nodes) if (!recordsOf[id].some((record) => record.record === "statement")) sayEntity(say, nodes[id]);
  const lines = (about) => [...about].map(([predicate, objects]) => `${predicate} ${[...objects].join(", ")}`);
  const blocks = [...said].sort(([a], [b]) => (a < b ? -1 : 1)).map(([subject, about]) => `\n${inTurtle(subject)} ${lines(about).join(" ;\n    ")} .\n`);
  return [
    `# ${escaped(document.title)}: ${plural(own.length, "record", "records")}\n`,
    left ? `# Left out, of what the query answered: ${left} that are rows and no triples, or that end in words whose datatype is not known here.\n` : "",
    Object.entries(prefixes).map(([prefix, namespace]) => `@prefix ${prefix}: <${namespace}> .\n`).join(""),
    ...blocks,
  ].join("");
}

function sayRecord(say, record) {
  for (const [term, value] of record.terms) say(record.id, term === "type" ? "a" : ownTerm(term), ownTerm(value));
  say(record.id, ":date", literal(record.date, "^^edtf:EDTF"));
  say(record.id, ":earliest", literal(record.earliest, "^^xsd:date"));
  say(record.id, ":latest", literal(record.latest, "^^xsd:date"));
  for (const [at, roles] of record.roles.entries()) {
    for (const role of roles.split(" ").filter(Boolean)) say(record.id, ownTerm(role), inTurtle(nodes[record.nodes[at]].iri));
  }
  if (record.place) say(record.id, ":place", inTurtle(record.place[0]));
  for (const [term, value] of record.detail) say(record.id, ownTerm(term), literal(value, NUMBERS.includes(term) ? "^^xsd:decimal" : ""));
  const source = record.source === null ? null : inTurtle(prefixes.source + sources[record.source].id);
  say(record.id, ":source", source);
  if (record.rule) say(record.id, ":readBy", inTurtle(prefixes.source.replace(/source\/$/, "rule/") + record.rule));
  if (record.evidence.includes("/evidence/")) sayEvidence(say, record, source);
}

function sayEvidence(say, record, source) {
  const selector = record.evidence.replace("/evidence/", "/selector/");
  say(record.id, ":evidence", inTurtle(record.evidence));
  for (const type of [":Evidence", "oa:SpecificResource"]) say(record.evidence, "a", type);
  say(record.evidence, "oa:hasSource", source);
  say(record.evidence, "oa:hasSelector", inTurtle(selector));
  for (const type of ["oa:TextPositionSelector", "oa:TextQuoteSelector"]) say(selector, "a", type);
  say(selector, "oa:start", literal(String(record.start), "^^xsd:integer"));
  say(selector, "oa:end", literal(String(record.end), "^^xsd:integer"));
  say(selector, "oa:exact", literal(record.text));
  if (record.prefix + record.suffix === "") return; // a row of a table has neither, a passage both, be one empty
  say(selector, "oa:prefix", `"${escaped(record.prefix)}"`);
  say(selector, "oa:suffix", `"${escaped(record.suffix)}"`);
}

function saySource(say, source) {
  const iri = prefixes.source + source.id;
  say(iri, "a", ":Source");
  say(iri, "dcterms:title", literal(source.title));
  say(iri, "dcterms:publisher", literal(source.publisher));
  say(iri, ":perspective", literal(source.perspective));
}

function sayEntity(say, node) {
  say(node.iri, "a", ownTerm(node.group));
  if (!node.iri.endsWith(`/${node.name}`)) say(node.iri, "rdfs:label", literal(node.name, "@en")); // else it has none, and is called so
  for (const other of node.names) say(node.iri, "schema:alternateName", literal(other));
}

// A triple of a query of the user's own; whether it is one, between two things that are drawn.
function sayStatement(say, record) {
  const [subject, object] = ["subject", "object"].map((role) => nodes[record.nodes[record.roles.findIndex((roles) => roles.split(" ").includes(role))]]?.iri);
  const predicate = record.terms.find(([term]) => term === "predicate")?.[1];
  if (!predicate || !subject || !object) return false;
  say(subject, inTurtle(predicate), inTurtle(object));
  return true;
}

// ---------------------------------------------------------------- the menu

const FILES = [
  { ending: "png", type: "image/png", name: "PNG", says: "the picture as it is seen", make: asPng },
  { ending: "svg", type: "image/svg+xml", name: "SVG", says: "all that is shown, to print", make: () => asXml(picture()) },
  { ending: "csv", type: "text/csv", name: "CSV", says: "the records as a table", make: asCsv },
  { ending: "ttl", type: "text/turtle", name: "Turtle", says: "the statements as RDF", make: asTurtle },
];

const fileName = (ending) => {
  const slug = [...fold(document.title).replace(/[^\p{L}\p{N}]+/gu, "-")].slice(0, 60).join("").replace(/^-|-$/g, "");
  return `${slug || "view"}.${ending}`;
};

function buildFiles() {
  const note = el("p", { id: "files-note", role: "status", hidden: true });
  const items = FILES.map((file) =>
    el("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => { close(); save(file, note); } }, el("b", {}, file.name), el("span", {}, file.says)));
  const menu = el("div", { id: "files-menu", role: "menu", "aria-label": "Download", hidden: true }, ...items);
  const opener = button("Download", () => (menu.hidden ? open(0) : close()), { "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": "files-menu" });
  const show = (on) => { menu.hidden = !on; opener.setAttribute("aria-expanded", String(on)); };
  const open = (at) => { note.hidden = true; show(true); items.at(at % items.length).focus(); };
  const close = () => { show(false); opener.focus(); };
  byId("files").append(opener, menu, note);
  byId("files").addEventListener("keydown", (event) => {
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Tab") return show(false);
    if (to !== undefined) open(to);
    else if (event.key === "Escape" && !menu.hidden) close();
    else return;
    event.preventDefault();
    event.stopPropagation(); // arrows move the drawing, and Escape gives up what is chosen
  });
  document.addEventListener("pointerdown", (event) => { if (!byId("files").contains(event.target)) { show(false); note.hidden = true; } }, true);
}

async function save({ ending, type, make }, note) {
  const say = (text) => { note.textContent = text; note.hidden = false; };
  try {
    const address = URL.createObjectURL(new Blob([await make()], { type }));
    el("a", { href: address, download: fileName(ending) }).click();
    setTimeout(() => URL.revokeObjectURL(address), 30_000);
    // The frame of a notebook may not let a page save files, and does not tell it.
    if (self !== top && origin === "null") say("Nothing saved? The frame of a notebook may not save files: open the view as a file.");
  } catch {
    say("This browser could not make the file.");
  }
}
