// The panel: the list of entities, or the records of what was chosen. Whatever comes from a source goes in as a text node.

const SVG = "http://www.w3.org/2000/svg";
const BATCH = 60; // records put into the panel at a time
const ENTITIES = 200; // entities, likewise

function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

const button = (text, onclick, attributes = {}) => el("button", { type: "button", onclick, ...attributes }, text);
const plural = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const name = (text) => el("bdi", {}, text);

// ---------------------------------------------------------------- swatches: the marks of the legend

const OUTLINES = {
  State: "M3 3h10v10H3z",
  Person: "M8 2a6 6 0 1 1 0 12A6 6 0 1 1 8 2z",
  Organisation: "M4.8 2.5h6.4L14.4 8l-3.2 5.5H4.8L1.6 8z",
  Place: "M1.8 3h12.4L8 14z",
  Group: "M1.8 13h12.4L8 2z",
  Agent: "M8 1.2L14.8 8 8 14.8 1.2 8z",
};

const typeColour = (type) => `var(--type-${TYPES.includes(type) ? type : "Agent"})`;
const familyColour = (family) => `var(--family-${[...FAMILIES, ...POLARITIES].includes(family) ? family : "other"})`;

// An element of a picture; numbers are rounded to what can be seen.
function inSvg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, typeof value === "number" ? Math.round(value * 100) / 100 : value);
  element.append(...children);
  return element;
}

function drawn(width, path, style) {
  const shape = inSvg("path", { d: path });
  for (const [key, value] of Object.entries(style)) shape.style.setProperty(key, value);
  return inSvg("svg", { width, height: 16, viewBox: `0 0 ${width} 16`, "aria-hidden": "true" }, shape);
}

const typeSwatch = (type) => drawn(16, OUTLINES[type] ?? OUTLINES.Agent, { fill: typeColour(type) });
const familySwatch = (family) =>
  drawn(24, "M1 8h22", {
    stroke: familyColour(family),
    "stroke-width": "4px",
    "stroke-dasharray": POLARITIES.includes(family) ? "5px 3px" : "none",
  });

// ---------------------------------------------------------------- the panel's faces

function paintPanel() {
  const panel = document.getElementById("panel");
  panel.replaceChildren(...faceOfPanel().filter(Boolean));
  panel.scrollTop = 0;
}

function faceOfPanel() {
  const { node, edge, record, path } = choice.selected ?? {};
  if (node !== undefined) return ofNode(nodes[node]);
  if (edge !== undefined) return ofEdge(edges[edge]);
  if (record !== undefined) return ofRecord(records[record]);
  if (path !== undefined) return ofPath(path);
  return entityList();
}

function entityList() {
  const listed = [...shown.nodes].map((id) => ({ node: nodes[id], count: shownRecords(recordsOf[id]).length }));
  listed.sort((a, b) => b.count - a.count || (a.node.name < b.node.name ? -1 : 1));
  const item = ({ node, count }) =>
    el("li", {}, el("button", { type: "button", class: "entity", onclick: () => select({ node: node.id }, { show: true }) },
      typeSwatch(node.group), el("bdi", { class: "label" }, node.name),
      el("span", { class: "count", "aria-label": plural(count, "record", "records") }, count.toLocaleString("en"))));
  return [
    el("div", { class: "bar" }, el("h2", {}, "Entities"), closeButton()),
    el("p", { class: "hint" }, "Choose one here or in the drawing, or a line between two, to read the records and their words."),
    ...inBatches(el("ol", { class: "entities" }), listed, ENTITIES, item),
    ...namingNoOne(),
  ];
}

// A figure that nobody is credited with, say: no node leads to it.
function namingNoOne() {
  const all = records.filter((record) => record.nodes.length === 0);
  return all.length === 0 ? [] : [el("h3", { class: "step" }, "Names no one"), ...recordList(shownRecords(all), all.length, null)];
}

function ofNode(node) {
  const own = shownRecords(recordsOf[node.id]);
  const others = neighboursOf(node.id);
  const known = [...new Set(node.names)].filter((variant) => variant !== node.name);
  return [
    backBar(),
    el("h2", { class: "chosen", tabindex: "-1" }, typeSwatch(node.group), name(node.name)),
    choice.start === node.id ? el("p", { class: "asked", role: "status" }, "A path to whom? Choose the other end by search, in the list or in the drawing.") : null,
    el("p", { class: "hint" }, `${node.group} · ${plural(own.length, "record", "records")} · ${plural(others.length, "neighbour", "neighbours")}`),
    known.length ? el("p", { class: "also" }, "Also: ", ...known.flatMap((variant, at) => [at ? ", " : "", name(variant)])) : null,
    el("p", { class: "iri" }, el("code", {}, node.iri), copyButton(() => node.iri)),
    others.length ? el("p", { class: "acts" }, button("Path to …", () => startPath(node.id), { id: "start-path", title: "The path to another entity (p)", "aria-pressed": String(choice.start === node.id) })) : null,
    others.length ? withOthers(node, others) : null,
    ...recordList(own, recordsOf[node.id].length, node.id),
  ];
}

function withOthers(node, others) {
  const chips = others.map(({ node: other, edge, count }) =>
    el("li", {}, el("button", { type: "button", class: "chip", onclick: () => select({ edge: edge.id }, { show: true }) },
      typeSwatch(other.group), name(other.name), el("span", { class: "count" }, String(count)))));
  const list = el("ul", { class: "chips", "aria-label": `Records between ${node.name} and` }, ...chips.slice(0, 10));
  if (chips.length <= 10) return list;
  const more = el("li", {}, button(`${chips.length - 10} more`, () => { more.remove(); list.append(...chips.slice(10)); chips[10].firstChild.focus(); }, { class: "chip" }));
  list.append(more);
  return list;
}

function ofEdge(edge) {
  const own = shownRecords(edge.records.map((index) => records[index]));
  const links = [nodes[edge.from], nodes[edge.to]].map(entityButton);
  return [
    backBar(),
    el("h2", { class: "chosen pair", tabindex: "-1" }, links[0], el("span", { class: "and" }, "and"), links[1]),
    el("p", { class: "hint" }, plural(own.length, "record", "records")),
    ...recordList(own, edge.records.length, null),
  ];
}

function ofRecord(record) {
  const hidden = !shown.records.has(record.index);
  return [
    backBar(),
    el("h2", { class: "chosen", tabindex: "-1" }, capital(record.kind)),
    hidden ? el("p", { class: "note" }, "This record is filtered out. ", button("Show all", showAll)) : null,
    el("ol", { class: "records" }, el("li", {}, card(record, null))),
  ];
}

const MOST_OF_STEP = 3; // records of a step that are read out at once, the strongest

function ofPath({ from, to }) {
  const way = pathBetween(from, to);
  const ends = [nodes[from], nodes[to]].map(entityButton);
  const steps = way === null ? "Nothing that is shown connects them." : way.length === 0 ? "Both are one." : plural(way.length, "step", "steps");
  return [
    backBar(),
    el("h2", { class: "chosen pair", tabindex: "-1" }, ends[0], el("span", { class: "and" }, "to"), ends[1]),
    el("p", { class: "hint" }, steps),
    ...(way ?? []).flatMap(({ from: one, to: other, edge, records: told }) => [
      el("h3", { class: "step" }, name(nodes[one].name), " – ", name(nodes[other].name)),
      el("ol", { class: "records" }, ...told.slice(0, MOST_OF_STEP).map((index) => el("li", {}, card(records[index], null)))),
      told.length > MOST_OF_STEP ? button(`All ${told.length} records of this step`, () => select({ edge }, { show: true }), { class: "more" }) : null,
    ]),
  ];
}

const entityButton = (node) =>
  el("button", { type: "button", class: "end", onclick: () => select({ node: node.id }, { show: true }) }, typeSwatch(node.group), name(node.name));

const shownRecords = (all) => all.filter((record) => shown.records.has(record.index));
const backBar = () => el("div", { class: "bar" }, button("← All entities", () => select(null)), closeButton());
const closeButton = () => button("×", closeDrawers, { class: "close", "aria-label": "Close" });

// ---------------------------------------------------------------- records

// A list with the first of its items, and a button that adds the next.
function inBatches(list, all, size, item) {
  const more = button("", () => addBatch(), { class: "more" });
  const addBatch = () => {
    const from = list.childElementCount;
    list.append(...all.slice(from, from + size).map(item));
    const left = all.length - list.childElementCount;
    more.textContent = `Show ${Math.min(left, size)} more of ${left.toLocaleString("en")}`;
    more.hidden = left === 0;
    if (from > 0) list.children[from].querySelector("button")?.focus({ preventScroll: true });
  };
  addBatch();
  return [list, more];
}

function recordList(own, all, here) {
  const [list, more] = inBatches(el("ol", { class: "records" }), own, BATCH, (record) => el("li", {}, card(record, here)));
  const hidden = all - own.length;
  return [
    hidden > 0 ? el("p", { class: "note" }, `${plural(hidden, "record is", "records are")} filtered out. `, button("Show all", showAll)) : null,
    own.length ? list : el("p", { class: "note" }, all === 0 ? "No records name this entity in this view." : "None of its records passes the filters."),
    more,
  ];
}

function card(record, here) {
  const article = el("article", { class: isStance(record) ? "record said" : "record" },
    el("header", {},
      el("time", { title: record.date ? `EDTF ${record.date}` : null }, dateInWords(record.date)),
      el("span", { class: "kind" }, capital(record.kind)),
      record.realis && record.realis !== "actual" ? el("span", { class: "realis" }, record.realis) : null,
      copyButton(() => asText(record), "Copy the words with their source")),
    parties(record, here),
    record.text ? words(record) : null,
    details(record),
    record.source === null ? null : voices(record),
    ...linksOf[record.index].map((link) => linked(record, link)));
  article.style.setProperty("--family", familyColour(record.family));
  return article;
}

const words = (record) =>
  el("blockquote", { dir: "auto" },
    el("span", { class: "around" }, record.prefix ? `…${record.prefix}` : ""),
    el("mark", {}, record.text),
    el("span", { class: "around" }, /[\p{L}\p{N},;:–-]\s*$/u.test(record.suffix) ? `${record.suffix}…` : record.suffix));

function parties(record, here) {
  const others = record.nodes.filter((id) => id !== here);
  if (others.length === 0) return null;
  const links = others.slice(0, 12).flatMap((id, at) => [at ? " · " : "", button(nodes[id].name, () => select({ node: id }, { show: true }), { class: "link", dir: "auto" })]);
  if (others.length > 12) links.push(` · and ${others.length - 12} more`);
  return el("p", { class: "parties" }, here === null ? "" : "with ", ...links);
}

const DETAILS = { inReturn: "in return", targetPhrase: "towards" };

function details(record) {
  const said = [...(record.place ? [["place", record.place[1]]] : []), ...record.detail];
  if (said.length === 0) return null;
  return el("dl", { class: "detail" }, ...said.flatMap(([term, value]) => [el("dt", {}, DETAILS[term] ?? term), el("dd", { dir: "auto" }, value)]));
}

// What else is told of the same: two sources that differ stand side by side, neither before the other but by their place
// in the graph; those that tell the same are listed.
function linked(record, link) {
  if (link.differsIn !== null) {
    const sides = link.records.map((index, at) => side(everything[index], link.values[at], index === record.index));
    return el("section", { class: "apart" }, el("h4", {}, `Sources differ in ${link.differsIn}`), el("div", { class: "sides" }, ...sides));
  }
  const others = link.records.filter((index) => index !== record.index).map((index) => everything[index]);
  const title = `Told by ${plural(others.length, "other record", "other records")}${link.independent ? "" : ", all from one origin"}`;
  return el("details", { class: "together" }, el("summary", {}, title), ...others.map((other) => side(other, null, false)));
}

function side(record, value, own) {
  const source = sources[record.source];
  const open = record.index < records.length && !own ? button("Open", () => select({ record: record.index }, { show: true }), { class: "link" }) : null;
  return el("div", { class: "side" },
    value === null ? null : el("p", { class: "value", dir: "auto" }, value),
    el("p", { class: "when" }, dateInWords(record.date)),
    el("q", { dir: "auto" }, record.text),
    el("p", { class: "from" }, name(source.publisher || source.title || source.id), source.perspective ? ` (${source.perspective})` : "", own ? ", this record" : ""),
    open);
}

// The three voices: who said it, the source that reports it, the rule of ours that read it.
function voices(record) {
  const source = sources[record.source];
  const where = [source.title || source.id, source.publisher].filter(Boolean);
  const terms = [];
  if (record.speaker) terms.push(["Said by", name(record.speaker)]);
  terms.push(["Source", el("span", {}, ...where.flatMap((part, at) => [at ? ", " : "", name(part)]))]);
  if (source.perspective) terms.push(["Perspective", name(source.perspective)]);
  terms.push(["Words", `characters ${record.start}–${record.end} of ${source.id}`]);
  if (record.rule) terms.push(["Read by", el("code", {}, record.rule)]);
  return el("dl", { class: "voices" }, ...terms.flatMap(([term, value]) => [el("dt", {}, term), el("dd", {}, value)]));
}

function asText(record) {
  const source = sources[record.source];
  return [
    record.text ? `“${record.text}”` : "",
    [dateInWords(record.date), record.kind, record.realis].filter(Boolean).join(", "),
    record.speaker ? `Said by ${record.speaker}` : "",
    source ? [source.title, source.publisher, source.perspective, `${source.id}, characters ${record.start}–${record.end}`].filter(Boolean).join("; ") : "",
    record.id,
  ].filter(Boolean).join("\n");
}

function copyButton(text, label = "Copy the identifier") {
  const copy = button("Copy", async () => {
    const done = await copied(text());
    copy.textContent = done ? "Copied" : "Select and copy by hand";
    setTimeout(() => { copy.textContent = "Copy"; }, 1600);
  }, { class: "copy", title: label });
  return copy;
}

// A frame without permission has no clipboard to write to; the older command may still work there.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = el("textarea", { class: "offscreen", "aria-hidden": "true" }, text);
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
