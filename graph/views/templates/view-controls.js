// What narrows the view: the legend, the years, the search.

// ---------------------------------------------------------------- the legend

const FAMILY_NAMES = { diplomatic: "Diplomatic step", legal: "Legal action", domestic: "Domestic politics", neutral: "Neutral", officeheld: "Office held" };

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
