import type { FunnelBy } from '../api/shapes.js';

/** Dimensions of people. */
export const GROUPINGS = [
  'channel',
  'campaign',
  'content',
  'source',
  'region',
  'seller',
] as const satisfies readonly FunnelBy[];
