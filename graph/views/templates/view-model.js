// What the page knows and what of it is shown: no element is touched here.

const given = JSON.parse(document.getElementById("payload").textContent);
const { options, sources, asides, links, opening, prefixes, leftOut, maxParties } = given;

// Rows of columns, each as short as `columns` of payload.py could write it.
function rowsOf(columns) {
  const count = Math.max(0, ...Object.values(columns).map(({ each, which }) => (each ?? which ?? [0]).length));
  const rows = Array.from({ length: count }, () => ({}));
  for (const [key, { all, stem, each, values, which }] of Object.entries(columns)) {
    for (const [at, row] of rows.entries()) {
      row[key] = which ? values[which[at]] : !each ? all : stem ? stem + each[at] : each[at];
    }
  }
  return rows;
}

const nodes = rowsOf(given.nodes).map((node, id) => ({ ...node, id, label: node.label ?? node.name }));
const edges = rowsOf(given.edges).map((edge, id) => ({ ...edge, id }));
// The records of the view, then those that are not drawn and that only a link leads to. 0 is the day that the date says.
const everything = rowsOf(given.records).map((record, index) => ({
  ...record,
  index,
  earliest: record.earliest === 0 ? record.date : record.earliest,
  latest: record.latest === 0 ? record.date : record.latest,
}));
const records = everything.slice(0, everything.length - asides);
const linksOf = everything.map(() => []);
for (const link of links) for (const index of link.records) linksOf[index].push(link);
const numberOf = new Map(nodes.map((node) => [node.iri, node.id]));
const recordsOf = nodes.map(() => []);
for (const record of records) for (const node of record.nodes) recordsOf[node].push(record);
const edgesOf = nodes.map(() => []);
for (const edge of edges) { edgesOf[edge.from].push(edge); edgesOf[edge.to].push(edge); }

// ---------------------------------------------------------------- the facets, each a part of the legend

const TYPES = ["State", "Person", "Organisation", "Place", "Group", "Agent"];
const FAMILIES = ["contact", "agreement", "diplomatic", "conflict", "legal", "aid", "domestic", "society", "other"];
const POLARITIES = ["support", "oppose", "neutral"];
const REALIS = ["actual", "reported", "planned", "refused", "denied"];
const isStance = (record) => POLARITIES.includes(record.family);

const FACETS = [
  { key: "type", title: "Who", order: TYPES, ofNode: (node) => node.group },
  { key: "family", title: "What was done", order: FAMILIES, of: (record) => (isStance(record) ? null : record.family) },
  { key: "polarity", title: "What was said", order: POLARITIES, of: (record) => (isStance(record) ? record.family : null) },
  { key: "realis", title: "Did it happen?", order: REALIS, of: (record) => record.realis },
  { key: "kind", title: "Kind", order: [], of: (record) => record.kind, folded: true },
  { key: "source", title: "Source", order: [], of: (record) => sources[record.source]?.id ?? null, folded: true },
];
const RECORD_FACETS = FACETS.filter((facet) => facet.of);

function valuesOf(facet) {
  const found = new Set(facet.ofNode ? nodes.map(facet.ofNode) : records.map(facet.of));
  found.delete(null);
  const rank = (value) => (facet.order.indexOf(value) + 1 || facet.order.length + 1);
  return [...found].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

// ---------------------------------------------------------------- years

const yearOf = (day) => (day ? Number.parseInt(day.slice(0, 4), 10) : Number.NaN);
for (const record of records) {
  record.year = yearOf(record.earliest ?? record.latest); // under which it is counted
  record.lastYear = yearOf(record.latest ?? record.earliest);
  record.first = record.earliest || !record.latest ? record.year : -Infinity; // "until 1991" has no beginning
  record.last = record.latest ? yearOf(record.latest) : record.earliest ? Infinity : Number.NaN;
}
const isDated = (record) => !Number.isNaN(record.year);
const dated = records.filter(isDated);
const numberOfRecord = new Map(records.map((record) => [record.id, record.index]));
const YEARS = dated.length === 0 ? null : {
  from: dated.reduce((least, record) => Math.min(least, record.year), Infinity),
  to: dated.reduce((most, record) => Math.max(most, record.lastYear), -Infinity),
};

// ---------------------------------------------------------------- what is chosen, what is shown

const choice = {
  off: Object.fromEntries(FACETS.map((facet) => [facet.key, new Set()])),
  from: YEARS?.from,
  to: YEARS?.to,
  undated: true,
  selected: null, // {node}, {edge}, {record} or {path: {from, to}}, all as numbers, or null
  start: null, // the node from which a path is asked for, until the other end is chosen
  face: "network", // or "timeline"
  lanes: "actor", // of the timeline: a key of LANES
};

const shown = { records: new Set(), nodes: new Set(), edges: new Map(), counts: {}, years: new Map() };

const yearsNarrowed = () => YEARS !== null && (choice.from > YEARS.from || choice.to < YEARS.to);
const recordsNarrowed = () =>
  yearsNarrowed() || !choice.undated || RECORD_FACETS.some((facet) => choice.off[facet.key].size > 0);
const narrowed = () => recordsNarrowed() || choice.off.type.size > 0;

function inYears(record) {
  if (!isDated(record)) return choice.undated;
  return record.last >= choice.from && record.first <= choice.to;
}

// A record counts under a facet when every other facet lets it through.
function refresh() {
  shown.counts = Object.fromEntries(FACETS.map((facet) => [facet.key, new Map()]));
  shown.records = new Set();
  shown.years = new Map();
  for (const record of records) {
    const barred = RECORD_FACETS.filter((facet) => choice.off[facet.key].has(facet.of(record)));
    const timely = inYears(record);
    if (barred.length === 0 && timely) shown.records.add(record.index);
    if (barred.length === 0 && isDated(record)) {
      shown.years.set(record.year, (shown.years.get(record.year) ?? 0) + 1);
    }
    if (!timely) continue;
    for (const facet of RECORD_FACETS) {
      if (barred.length > 1 || (barred.length === 1 && barred[0] !== facet)) continue;
      const value = facet.of(record);
      shown.counts[facet.key].set(value, (shown.counts[facet.key].get(value) ?? 0) + 1);
    }
  }
  showNodes();
  shown.edges = new Map();
  for (const edge of edges) {
    if (!shown.nodes.has(edge.from) || !shown.nodes.has(edge.to)) continue;
    const bundle = edge.records.filter((index) => shown.records.has(index));
    if (bundle.length > 0) shown.edges.set(edge.id, bundle);
  }
}

function showNodes() {
  const all = !recordsNarrowed();
  shown.nodes = new Set();
  for (const node of nodes) {
    if (!all && !recordsOf[node.id].some((record) => shown.records.has(record.index))) continue;
    shown.counts.type.set(node.group, (shown.counts.type.get(node.group) ?? 0) + 1);
    if (!choice.off.type.has(node.group)) shown.nodes.add(node.id);
  }
}

function reset() {
  for (const facet of FACETS) choice.off[facet.key].clear();
  Object.assign(choice, { from: YEARS?.from, to: YEARS?.to, undated: true });
}

// The family of most of the records of a bundle; of two with as many, the first in the legend.
function mainFamily(bundle) {
  const order = [...FAMILIES, ...POLARITIES];
  const counts = new Map();
  for (const index of bundle) counts.set(records[index].family, (counts.get(records[index].family) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || order.indexOf(a[0]) - order.indexOf(b[0]))[0][0];
}

function neighboursOf(id) {
  return edgesOf[id]
    .filter((edge) => shown.edges.has(edge.id))
    .map((edge) => ({ node: nodes[edge.from === id ? edge.to : edge.from], edge, count: shown.edges.get(edge.id).length }))
    .sort((a, b) => b.count - a.count || (a.node.name < b.node.name ? -1 : 1));
}

// ---------------------------------------------------------------- names

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const NAMES = nodes.map((node) => [node.name, ...node.names].map((name) => ({ name, folded: fold(name) })));

// The best name of each node that has the words: a whole name, then a beginning, then a word's beginning.
function find(text, most) {
  const wanted = fold(text.trim());
  if (wanted === "") return [];
  const rank = ({ folded }) => {
    const at = folded.indexOf(wanted);
    if (at < 0) return 9;
    if (at > 0) return /[\s\-–("'«]/.test(folded[at - 1]) ? 2 : 3;
    return folded.length === wanted.length ? 0 : 1;
  };
  return nodes
    .map((node) => {
      const ranks = NAMES[node.id].map(rank);
      const best = Math.min(...ranks);
      return { node, best, name: NAMES[node.id][ranks.indexOf(best)].name };
    })
    .filter((match) => match.best < 9)
    .sort((a, b) => a.best - b.best || recordsOf[b.node.id].length - recordsOf[a.node.id].length || a.node.id - b.node.id)
    .slice(0, most);
}

// ---------------------------------------------------------------- dates, in words

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

function dateInWords(edtf) {
  if (!edtf) return "No date";
  const ends = edtf.split("/");
  if (ends.length === 2) {
    const [from, to] = ends.map((end) => (end === "" || end === ".." ? "" : dateInWords(end)));
    if (from && to) return `${from} – ${to}`;
    return from ? `since ${from}` : `until ${to}`;
  }
  const match = /^(\d{3}[\dX]|\d\dXX)(?:-(\d\d))?(?:-(\d\d))?([~?%]?)$/.exec(edtf);
  if (!match) return edtf;
  const [, year, month, day, doubt] = match;
  const name = month === undefined ? "" : MONTHS[Number(month) - 1];
  if (name === undefined) return edtf; // a season, say
  const words = [day === undefined ? "" : String(Number(day)), name, year.replace("XX", "00s").replace("X", "0s")];
  const said = words.filter(Boolean).join(" ");
  return { "~": `about ${said}`, "?": `perhaps ${said}`, "%": `perhaps about ${said}` }[doubt] ?? said;
}

// ---------------------------------------------------------------- the state in the address

const LANES = { actor: "Actor", family: "Kind of act", source: "Source" };

function toHash() {
  const parameters = new URLSearchParams();
  for (const facet of FACETS) for (const value of choice.off[facet.key]) parameters.append(`no-${facet.key}`, value);
  if (yearsNarrowed()) parameters.set("years", `${choice.from}-${choice.to}`);
  if (!choice.undated) parameters.set("undated", "no");
  for (const [name, value] of Object.entries(selectionInWords())) parameters.set(name, value);
  if (choice.face !== (opening.face ?? "network")) parameters.set("face", choice.face);
  if (choice.lanes !== "actor") parameters.set("lanes", choice.lanes);
  return parameters.toString();
}

function selectionInWords() {
  const { node, edge, record, path } = choice.selected ?? {};
  if (node !== undefined) return { at: nodes[node].iri };
  if (edge !== undefined) return { at: nodes[edges[edge].from].iri, with: nodes[edges[edge].to].iri };
  if (record !== undefined) return { record: records[record].id };
  if (path !== undefined) return { at: nodes[path.from].iri, to: nodes[path.to].iri };
  return {};
}

// Anything in the address that the page does not know is passed over. An address that says nothing opens as the view was made.
function fromHash(hash) {
  const said = hash.replace(/^#/, "");
  const parameters = new URLSearchParams(said === "" ? opening : said);
  reset();
  for (const facet of FACETS) {
    const known = new Set(valuesOf(facet));
    for (const value of parameters.getAll(`no-${facet.key}`)) if (known.has(value)) choice.off[facet.key].add(value);
  }
  const years = /^(\d{1,4})-(\d{1,4})$/.exec(parameters.get("years") ?? "");
  if (years && YEARS) {
    choice.from = Math.min(Math.max(Number(years[1]), YEARS.from), YEARS.to);
    choice.to = Math.max(Math.min(Number(years[2]), YEARS.to), choice.from);
  }
  choice.undated = parameters.get("undated") !== "no";
  const face = parameters.get("face") ?? opening.face;
  choice.face = face === "timeline" ? face : "network";
  choice.lanes = parameters.get("lanes") in LANES ? parameters.get("lanes") : "actor";
  choice.selected = selectionFrom(parameters);
}

function selectionFrom(parameters) {
  const record = numberOfRecord.get(parameters.get("record"));
  if (record !== undefined) return { record };
  const [at, beside, goal] = ["at", "with", "to"].map((name) => numberOf.get(parameters.get(name)));
  if (at === undefined) return null;
  if (goal !== undefined) return { path: { from: at, to: goal } };
  const edge = beside === undefined ? undefined : edgesOf[at].find((one) => one.from === beside || one.to === beside);
  return edge ? { edge: edge.id } : { node: at };
}
