// The best-evidenced path between two entities over what is shown: as `irkg path` finds it.
//
// Of the paths with the fewest steps it is the one that leaves least doubt, and of those the one over entities that are in
// fewer records. A record is the stronger evidence for two of its parties the fewer others are in it, and half as strong
// where its source only reports that someone says so.

const HAPPENED = new Set(["actual", "reported"]);
const carries = (record) => record.realis === null || HAPPENED.has(record.realis);
const strength = (record) => (record.realis === "reported" ? 0.5 : 1) / Math.max(record.nodes.length - 1, 1);

// The steps from one node to another, each with its records, the strongest first; null if nothing shown connects them.
function pathBetween(from, to) {
  const steps = new Map(); // by node: the edges that can be walked from it
  const busy = new Map();
  for (const [id, bundle] of shown.edges) {
    const told = bundle.filter((index) => carries(records[index]));
    if (told.length === 0) continue;
    const doubt = 1 / (1 + told.reduce((sum, index) => sum + strength(records[index]), 0));
    const { from: one, to: other } = edges[id];
    for (const [node, next] of [[one, other], [other, one]]) {
      if (!steps.has(node)) steps.set(node, []);
      steps.get(node).push({ edge: id, next, told, doubt });
      busy.set(node, (busy.get(node) ?? 0) + told.length);
    }
  }
  const reached = walk(from, to, steps, busy);
  if (!reached.has(to)) return null;
  const way = [];
  for (let at = to; at !== from; at = reached.get(at).before) {
    const { before, step } = reached.get(at);
    const told = [...step.told].sort((a, b) => strength(records[b]) - strength(records[a]) || (records[a].id < records[b].id ? -1 : 1));
    way.unshift({ from: before, to: at, edge: step.edge, records: told });
  }
  return way;
}

// How each node is best reached, one step further out at a time until the goal is.
function walk(from, to, steps, busy) {
  const reached = new Map([[from, { doubt: 0, busy: 0 }]]);
  let rim = [from];
  while (rim.length > 0 && !reached.has(to)) {
    const next = new Map();
    for (const before of rim) {
      const here = reached.get(before);
      for (const step of steps.get(before) ?? []) {
        if (reached.has(step.next)) continue;
        const way = { before, step, doubt: here.doubt + step.doubt, busy: here.busy + busy.get(before) + busy.get(step.next) };
        const best = next.get(step.next);
        if (best === undefined || isBetter(way, best)) next.set(step.next, way);
      }
    }
    for (const [node, way] of next) reached.set(node, way);
    rim = [...next.keys()].sort((a, b) => a - b);
  }
  return reached;
}

function isBetter(way, best) {
  const apart = way.doubt - best.doubt;
  return Math.abs(apart) > 1e-9 ? apart < 0 : way.busy < best.busy;
}
