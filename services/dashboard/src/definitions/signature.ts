import type { Definition, Me, Team } from '../api/shapes.js';

export const signatureOf = (definition: Definition, team: Team) =>
  team === 'marketing' ? definition.signedMarketing : definition.signedSales;

const TEAMS_OF_ROLE: Record<Me['role'], readonly Team[]> = {
  marketing: ['marketing'],
  manager: ['sales'],
  admin: ['marketing', 'sales'],
  seller: [],
  operations: [],
  viewer: [],
};

/** The teams that a user may still sign for: their own; administrators either, but no user both. */
export const teamsToSignFor = (definition: Definition, { id, role }: Me): readonly Team[] => {
  const { state, signedMarketing, signedSales } = definition;
  if (state !== 'draft' && state !== 'proposed') return [];
  if (signedMarketing?.byId === id || signedSales?.byId === id) return [];
  return TEAMS_OF_ROLE[role].filter((team) => !signatureOf(definition, team));
};
