// The lanes of the timeline: which there are, and where in them each record's mark lies; no element is touched here. Days are
// counted from 1970.

const MOST_LANES = 24; // actors and sources with a lane of their own, the best filled; the others share one
const MOST_MARKS = 600; // in a lane; more can't be told apart, and are drawn together
const FULL = { size: 9, pitch: 13, rows: 12 };
const THIN = { size: 5, pitch: 7, rows: 24 };
const TOGETHER = { size: 16, pitch: 20, rows: 12 };
const NARROWEST = 26; // pixels of the period whose records are drawn together
const SLIVER = 34; // pixels of a period at an end that is too short for its label
const DIGIT = 6.4; // pixels of a character of a count

// ---------------------------------------------------------------- time on paper

const DAY = 86_400_000;
const LONG = { day: 1, month: 30.44, year: 365.25 };
const ROOM = { day: 92, month: 72, year: 46 }; // pixels that the label of a tick needs
const STEPS = [
  ...[1, 2, 7, 14].map((size) => ({ unit: "day", size })),
  ...[1, 3, 6].map((size) => ({ unit: "month", size })),
  ...[1, 2, 5, 10, 20, 50, 100, 500, 10_000].map((size) => ({ unit: "year", size })),
];

const dayNumber = (text) => Date.parse(text) / DAY;
const firstOf = (year, month) => new Date(0).setUTCFullYear(year, month, 1) / DAY;
const atDay = { day: (count) => count, month: (count) => firstOf(0, count), year: (count) => firstOf(count, 0) };
const countAt = {
  day: (day) => Math.floor(day),
  month: (day) => new Date(day * DAY).getUTCFullYear() * 12 + new Date(day * DAY).getUTCMonth(),
  year: (day) => new Date(day * DAY).getUTCFullYear(),
};

// From the first day that is told to the last; where the years are narrowed, from New Year to New Year's Eve.
function timeScale(left, right) {
  const days = dated.flatMap((record) => [record.earliest, record.latest]).filter(Boolean);
  const first = days.reduce((one, other) => (other < one ? other : one));
  const last = days.reduce((one, other) => (other > one ? other : one));
  let from = choice.from > YEARS.from ? firstOf(choice.from, 0) : dayNumber(first);
  let to = choice.to < YEARS.to ? firstOf(choice.to + 1, 0) : dayNumber(last) + 1;
  if (to - from < 7) [from, to] = [from - 3, to + 3];
  const pixels = (right - left) / (to - from);
  return { from, to, left, right, pixels, x: (day) => left + (Math.min(Math.max(day, from), to) - from) * pixels };
}

// The first days of the periods of a step, from the one that is under way at the start to the one after the end.
function periods({ unit, size }, { from, to }) {
  const days = [];
  for (let count = Math.floor(countAt[unit](from) / size) * size; days.length === 0 || days.at(-1) < to; count += size) {
    days.push(atDay[unit](count));
  }
  return days;
}

const widthOf = ({ unit, size }, scale) => size * LONG[unit] * scale.pixels;

function tickLabel(unit, day) {
  const date = new Date(day * DAY);
  const month = unit === "year" ? "" : MONTHS[date.getUTCMonth()].slice(0, 3);
  return [unit === "day" ? date.getUTCDate() : "", month, date.getUTCFullYear()].filter((part) => part !== "").join(" ");
}

// ---------------------------------------------------------------- lanes

// A record stands in the lane of each actor it names, and once among the others.
const KEYS_OF_LANES = {
  actor: (record) => {
    const seen = record.nodes.filter((id) => shown.nodes.has(id));
    return seen.length > 0 ? seen : record.nodes;
  },
  family: (record) => [record.family],
  source: (record) => [record.source],
};

function lanesOf(own) {
  const by = choice.lanes;
  const filled = new Map();
  for (const record of own) {
    const keys = KEYS_OF_LANES[by](record);
    for (const key of keys.length > 0 ? keys : ["nobody"]) {
      if (!filled.has(key)) filled.set(key, []);
      filled.get(key).push(record);
    }
  }
  const order = [...FAMILIES, ...POLARITIES];
  const rank = ({ key }) => (key === "nobody" ? Infinity : by === "family" ? order.indexOf(key) + 1 || order.length + 1 : 0);
  const lanes = [...filled]
    .map(([key, inside]) => ({ key, records: inside, ...laneFace(by, key) }))
    .sort((a, b) => rank(a) - rank(b) || b.records.length - a.records.length || (a.label < b.label ? -1 : 1));
  return by === "family" ? lanes : bestFilled(lanes, own);
}

// Who has few records, or is filtered out of those who are shown, shares a lane with the others.
function bestFilled(lanes, own) {
  const ours = lanes.filter(({ key, hidden }) => key !== "nobody" && !hidden).slice(0, MOST_LANES);
  const nobody = lanes.filter(({ key }) => key === "nobody");
  const rest = lanes.filter((lane) => !ours.includes(lane) && !nobody.includes(lane));
  if (rest.length === 0) return lanes;
  const theirs = new Set(rest.flatMap((lane) => lane.records));
  const others = { key: "others", label: plural(rest.length, "other", "others"), swatch: null, records: own.filter((record) => theirs.has(record)) };
  return [...ours, others, ...nobody];
}

function laneFace(by, key) {
  if (key === "nobody") return { label: "Names no one", swatch: null };
  if (by === "family") return { label: valueName({ key: by }, key), swatch: familySwatch(key) };
  if (by === "source") return { label: key === null ? "Your query" : sources[key].title || sources[key].id, swatch: null };
  return { label: nodes[key].name, swatch: typeSwatch(nodes[key].group), node: key, hidden: !shown.nodes.has(key) };
}

// ---------------------------------------------------------------- marks, and the rows in which none is over another

function markOf(record, size, scale) {
  const from = record.earliest === null ? -Infinity : dayNumber(record.earliest);
  const to = record.latest === null ? Infinity : dayNumber(record.latest) + 1;
  const day = record.earliest === record.latest;
  const before = from < scale.from;
  const after = to > scale.to;
  const left = scale.x(from) - (before ? 8 : 0);
  const right = scale.x(to) + (after ? 8 : 0);
  const middle = day ? scale.x(from + 0.5) : (left + right) / 2;
  const half = day ? size / 2 : Math.max((right - left) / 2, size * 0.7);
  return { records: [record], left: middle - half, right: middle + half, size, day, before, after };
}

// Records of the same periods together; one that is alone in them stays as it is. A sliver of a period at either end of the
// drawing belongs to its neighbour.
function marksTogether(own, step, scale) {
  const starts = periods(step, scale);
  if (starts.length > 2 && scale.x(starts[1]) - scale.left < SLIVER) starts.splice(1, 1);
  if (starts.length > 2 && scale.right - scale.x(starts.at(-2)) < SLIVER) starts.splice(-2, 1);
  const groups = new Map();
  for (const record of own) {
    const first = placeIn(starts, record.earliest === null ? scale.from : dayNumber(record.earliest));
    const last = placeIn(starts, record.latest === null ? scale.to : dayNumber(record.latest));
    const key = `${first}:${last}`;
    if (!groups.has(key)) groups.set(key, { first, last, records: [] });
    groups.get(key).records.push(record);
  }
  return [...groups.values()].map(({ first, last, records: all }) => {
    if (all.length === 1) return markOf(all[0], FULL.size, scale);
    return { records: all, left: scale.x(starts[first]) + 1, right: scale.x(starts[last + 1]) - 1, size: TOGETHER.size };
  });
}

const legible = ({ records: all, left, right }) => all.length === 1 || (all.length.toLocaleString("en").length + 1) * DIGIT + 5 <= right - left;

// Which period a day is in; days outside the drawing are in the first or the last.
function placeIn(starts, day) {
  let [low, high] = [0, starts.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= day) low = middle;
    else high = middle;
  }
  return low;
}

// Each mark in the first row that has room for it, or null if there are not enough rows.
function inRows(marks, most) {
  const ends = [];
  for (const mark of marks.sort((a, b) => a.left - b.left)) {
    let row = ends.findIndex((end) => end + 1 <= mark.left);
    if (row < 0) row = ends.length;
    if (row >= most) return null;
    ends[row] = mark.right;
    mark.row = row;
  }
  return marks;
}

// In full size, else in thinner rows, else together by periods as short as leave room to write how many there are.
function pack(own, scale) {
  for (const look of own.length > MOST_MARKS ? [] : [FULL, THIN]) {
    const marks = inRows(own.map((record) => markOf(record, look.size, scale)), look.rows);
    if (marks !== null) return { marks, ...look };
  }
  for (const step of STEPS) {
    const width = widthOf(step, scale);
    const marks = width < NARROWEST ? null : inRows(marksTogether(own, step, scale), TOGETHER.rows);
    if (marks?.every(legible)) return { marks, ...TOGETHER };
  }
  return { marks: inRows(marksTogether(own, STEPS.at(-1), scale), Infinity), ...TOGETHER };
}

