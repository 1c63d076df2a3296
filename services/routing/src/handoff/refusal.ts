import { toIso } from '../policy/duration.js';
import { decisionOf, type Decision, type Handoff } from './handoff.js';

/** A command that the rules refuse; HTTP maps the code to a status. */
export interface Refusal {
  readonly code: 'conflict' | 'forbidden' | 'unprocessable';
  /** For the person who asked: what was wrong and what to do. */
  readonly detail: string;
  /** The decision that was made before. */
  readonly decided?: Decision;
  /** The invalid fields of the request. */
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** The events of a command, or its refusal. */
export type Decided<Event> = readonly Event[] | Refusal;

export const isRefusal = <Event>(decided: Decided<Event>): decided is Refusal => 'code' in decided;

/** A person decided before. */
export const alreadyDecided = (decided: Decision): Refusal => ({
  code: 'conflict',
  detail: `${decided.by.name} ${decided.what} this lead at ${toIso(decided.at)}; a decision is final.`,
  decided,
});

/** The command is not possible in the current state of the hand-off. */
export const notNow = (handoff: Handoff, detail: string): Refusal => {
  const decided = decisionOf(handoff);
  return decided ? { code: 'conflict', detail, decided } : { code: 'conflict', detail };
};

/** A field of the request is not acceptable. */
export const unprocessable = (pointer: string, detail: string): Refusal => ({
  code: 'unprocessable',
  detail,
  errors: [{ pointer, detail }],
});
