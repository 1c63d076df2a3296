import { compile, type Predicate } from '@baton/conditions';
import type { RoutingFacts, Territory } from './routing-rules.js';

/** The territories of a lead, the narrowest ones first; its country is one of them, whether or not the rules name it. */
export type TerritoriesOf = (facts: RoutingFacts) => readonly string[];

/** Compiles territories of which none is within itself; the result never throws. */
export const compileTerritories = (territories: readonly Territory[]): TerritoriesOf => {
  const byName = new Map(territories.map((territory) => [territory.name, territory]));
  const compiled = territories.flatMap((territory): { holds: Predicate; names: readonly string[] }[] =>
    territory.when ? [{ holds: compile(territory.when), names: lineOf(territory, byName) }] : [],
  );
  return (facts) => {
    const lines = compiled.filter(({ holds }) => holds(facts)).map(({ names }) => names);
    const country = typeof facts.country === 'string' ? [facts.country.trim()] : [];
    return [...new Set([...country, ...lines.flat()])].filter((name) => name !== '');
  };
};

/** A territory and those that include it, from the inside out; ends where one is named a second time. */
export const lineOf = (
  territory: Territory,
  byName: ReadonlyMap<string, Territory>,
): readonly [string, ...string[]] => {
  const names: [string, ...string[]] = [territory.name];
  for (let at = byName.get(territory.within ?? ''); at && !names.includes(at.name);)
    at = byName.get((names.push(at.name), at.within ?? ''));
  return names;
};
