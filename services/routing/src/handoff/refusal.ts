import { decisionOf, type Decision, type Handoff } from './handoff.js';

/** A rule's no; the code is the one the HTTP door maps to a status. */
export interface Refusal {
  readonly code: 'conflict' | 'forbidden' | 'unprocessable';
  /** For the person who asked: what was wrong and what to do. */
  readonly detail: string;
  /** Who decided before, and when. */
  readonly decided?: Decision;
  /** Which part of the request is at fault. */
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** Events, or why not. */
export type Decided<Event> = readonly Event[] | Refusal;

export const isRefusal = <Event>(decided: Decided<Event>): decided is Refusal => 'code' in decided;

/** Somebody decided already. */
export const alreadyDecided = (decided: Decision): Refusal => ({
  code: 'conflict',
  detail: `${decided.by.name} ${decided.what} this lead at ${decided.at}; a decision stands.`,
  decided,
});

/** The request does not fit how the hand-off stands now. */
export const notNow = (handoff: Handoff, detail: string): Refusal => {
  const decided = decisionOf(handoff);
  return decided ? { code: 'conflict', detail, decided } : { code: 'conflict', detail };
};

/** One field of the request does not do. */
export const unprocessable = (pointer: string, detail: string): Refusal => ({
  code: 'unprocessable',
  detail,
  errors: [{ pointer, detail }],
});
