import { ContractViolation } from '@baton/contracts';
import { codeOf, isAway, isConflict } from '../database/transient.js';
import { UnpublishableEvent } from '../outbox/outbox.js';

/** Thrown by a handler for a message that can never be handled because of what it says. It becomes a dead letter. */
export class InputFault extends Error {
  override readonly name = 'InputFault';
}

/**
 * What a fault means for the batch it stopped:
 * - `input`: the message is broken, or the database refuses its data: dead letter.
 * - `conflict`: another transaction was in the way: retried, at most {@link MAX_CONFLICT_TRIES} times.
 * - `away`: database or network are away: retried until they are back.
 * - `defect`: a fault of this build, a missing grant, column or disk: the reader stops, and nothing is dead-lettered.
 */
export type FaultKind = 'input' | 'conflict' | 'away' | 'defect';

/** A conflict that lasts longer is a defect. */
export const MAX_CONFLICT_TRIES = 10;

/** Data exceptions, and integrity constraints (two processes inserting the same key is a conflict). */
const INPUT_SQLSTATE = /^(22|23)/;
const UNIQUE_VIOLATION = '23505';

export const faultKindOf = (fault: unknown): FaultKind => {
  if (fault instanceof UnpublishableEvent) return 'defect';
  if (fault instanceof InputFault) return 'input';
  // A handler that encodes or decodes by itself: which side broke the contract is not known.
  if (fault instanceof ContractViolation) return 'defect';
  const code = codeOf(fault);
  if (code === UNIQUE_VIOLATION || isConflict(fault)) return 'conflict';
  if (isAway(fault)) return 'away';
  return code !== undefined && INPUT_SQLSTATE.test(code) ? 'input' : 'defect';
};

/** A fault in one line: its name, SQLSTATE and message. Without `detail`, where PostgreSQL quotes the row. */
export const reasonOf = (fault: unknown): string => {
  if (!(fault instanceof Error)) return String(fault);
  const code = codeOf(fault);
  return `${fault.name}${code === undefined ? '' : ` ${code}`}: ${fault.message}`;
};
