/** The part of a cruised module that is used; paths relative to the repository. */
export interface CruisedModule {
  readonly source: string;
  readonly dependencies: readonly { readonly resolved: string }[];
}

/** Folders of one package that depend on one another, with one import for each direction found. */
export interface FolderRing {
  readonly folders: readonly string[];
  readonly imports: readonly string[];
}

const TEST_CODE = /\.(spec|example)\.tsx?$/;
const FOLDER = /^((?:services|libs)\/[^/]+\/src\/[^/]+)\//;

/** Folder from folder to one import that connects them. */
type FolderGraph = ReadonlyMap<string, ReadonlyMap<string, string>>;

const graphOf = (modules: readonly CruisedModule[]): FolderGraph => {
  const graph = new Map<string, Map<string, string>>();
  for (const { source, dependencies } of modules) {
    const from = FOLDER.exec(source)?.[1];
    if (from === undefined || TEST_CODE.test(source)) continue;
    const targets = graph.get(from) ?? new Map<string, string>();
    graph.set(from, targets);
    for (const { resolved } of dependencies) {
      const to = FOLDER.exec(resolved)?.[1];
      if (to !== undefined && to !== from && !targets.has(to)) targets.set(to, `${source} → ${resolved}`);
    }
  }
  return graph;
};

const reachableFrom = (graph: FolderGraph, start: string): Set<string> => {
  const reached = new Set<string>();
  const pending = [start];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const next of graph.get(folder)?.keys() ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      pending.push(next);
    }
  }
  return reached;
};

/**
 * Rings among the folders directly below `src` of a service or lib. Type imports count; specs and examples do not. Files
 * directly in `src` compose the package and are not part of a folder.
 *
 * dependency-cruiser's own folder scope counts specs and lets every folder depend on its parents, so it reports rings where
 * there are none.
 */
export const folderRings = (modules: readonly CruisedModule[]): FolderRing[] => {
  const graph = graphOf(modules);
  const reachable = new Map([...graph.keys()].map((folder) => [folder, reachableFrom(graph, folder)]));
  const assigned = new Set<string>();
  const rings: FolderRing[] = [];
  for (const folder of [...graph.keys()].sort()) {
    if (assigned.has(folder) || !reachable.get(folder)!.has(folder)) continue;
    const folders = [...reachable.get(folder)!].filter((other) => reachable.get(other)?.has(folder)).sort();
    folders.forEach((member) => assigned.add(member));
    const imports = folders.flatMap((from) => folders.flatMap((to) => graph.get(from)?.get(to) ?? []));
    rings.push({ folders, imports });
  }
  return rings;
};
