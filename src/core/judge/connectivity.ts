/** Items that a walk along the edges reaches from the first one. */
function reached(
  edges: readonly (readonly [from: number, to: number])[],
  items: number,
): Set<number> {
  const next = new Map<number, number[]>();
  for (const [from, to] of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const seen = new Set([0]);
  const waiting = [0];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const to of next.get(at) ?? []) {
      if (seen.has(to) || to >= items) continue;
      seen.add(to);
      waiting.push(to);
    }
  }
  return seen;
}

/** Whether a walk along the edges leads from every item to every other. */
export function isStronglyConnected(
  edges: readonly (readonly [from: number, to: number])[],
  items: number,
): boolean {
  const backwards = edges.map(([from, to]) => [to, from] as const);
  return reached(edges, items).size === items && reached(backwards, items).size === items;
}

/** Items in groups that were never compared with one another, each sorted. */
export function components(
  pairs: readonly (readonly [first: number, second: number])[],
  items: number,
): number[][] {
  const parent = Array.from({ length: items }, (_, i) => i);
  const rootOf = (item: number): number => {
    const own = parent[item] ?? item;
    return own === item ? item : rootOf(own);
  };
  for (const [first, second] of pairs) parent[rootOf(first)] = rootOf(second);
  const groups = new Map<number, number[]>();
  for (let item = 0; item < items; item += 1) {
    const root = rootOf(item);
    groups.set(root, [...(groups.get(root) ?? []), item]);
  }
  return [...groups.values()];
}
