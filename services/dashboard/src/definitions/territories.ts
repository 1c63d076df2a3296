import { freeNumber } from './new-key.js';

export interface Territory {
  readonly name: string;
  /** The name of the territory that includes it. */
  readonly within?: string;
  readonly when?: Record<string, unknown>;
}

/** The territories with another name of one; those within it stay within it. */
export const renamed = (territories: readonly Territory[], at: number, name: string): Territory[] => {
  const before = territories[at]!.name;
  return territories.map((territory, n) => {
    if (n === at) return { ...territory, name };
    return territory.within === before ? { ...territory, within: name } : territory;
  });
};

/** The territories without one; those within it are then within the one that included it. */
export const without = (territories: readonly Territory[], at: number): Territory[] => {
  const { name, within: outer } = territories[at]!;
  return territories
    .filter((_, n) => n !== at)
    .map((territory) => (territory.within === name ? placed(territory, outer) : territory));
};

/** A territory within another one, or within none. */
export const placed = ({ within: _, ...territory }: Territory, outer: string | undefined): Territory => ({
  ...territory,
  ...(outer !== undefined && { within: outer }),
});

/** Which territories can include this one: not itself, nor those within it. */
export const outerChoices = (territories: readonly Territory[], at: number): string[] => {
  const byName = new Map(territories.map((territory) => [territory.name, territory]));
  const { name } = territories[at]!;
  const isInside = (other: Territory): boolean => {
    const seen = new Set<string>();
    for (let each: Territory | undefined = other; each && !seen.has(each.name);) {
      if (each.name === name) return true;
      seen.add(each.name);
      each = byName.get(each.within ?? '');
    }
    return false;
  };
  return territories.filter((other) => !isInside(other)).map((other) => other.name);
};

export const newTerritory = (territories: readonly Territory[]): Territory => {
  const number = freeNumber(territories, (each) =>
    territories.some(({ name }) => name === `Territory ${each}`),
  );
  return { name: `Territory ${number}`, when: { fact: 'country', in: [] } };
};
