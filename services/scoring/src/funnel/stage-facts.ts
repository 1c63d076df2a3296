import type { Score } from '@baton/contracts';
import type { Cell } from '../model/matrix.js';

/** Facts that the conditions of stages read. */
export interface StageFacts extends Score, Cell {
  /** An e-mail address is known. */
  readonly identified: boolean;
  /** Agreed to receive marketing; false when unknown. */
  readonly consent: boolean;
  readonly traits: Readonly<Record<string, unknown>>;
}
