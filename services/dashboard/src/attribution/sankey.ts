/** Journeys of one path. */
interface Path {
  readonly path: readonly string[];
  readonly conversions: number;
}

export interface SankeyLink {
  readonly source: string;
  readonly target: string;
  readonly value: number;
}

export interface Sankey {
  readonly nodes: readonly { readonly name: string }[];
  readonly links: readonly SankeyLink[];
}

/** Steps that are drawn: the last before the milestone. */
const MAX_STEPS = 4;

/**
 * The last steps of paths as a diagram without cycles: each touch is a node of its key and of how many steps it is before the milestone.
 * Longer paths begin at the first step that is drawn.
 */
export const sankeyOf = (paths: readonly Path[], milestone: string): Sankey => {
  const links = new Map<string, SankeyLink>();
  for (const { path, conversions } of paths) {
    const steps = path.length === 0 ? ['(none)'] : path.slice(-MAX_STEPS);
    const names = [...steps.map((key, index) => `${key} · ${steps.length - index} before`), milestone];
    for (let i = 1; i < names.length; i += 1) {
      const [source, target] = [names[i - 1]!, names[i]!];
      const id = JSON.stringify([source, target]);
      links.set(id, { source, target, value: (links.get(id)?.value ?? 0) + conversions });
    }
  }
  const names = new Set([...links.values()].flatMap(({ source, target }) => [source, target]));
  return { nodes: [...names].map((name) => ({ name })), links: [...links.values()] };
};
