import type { Duration } from './duration.js';
import type { ClockTerms, RejectReason, SlaPolicy, Step } from './sla-policy.js';

interface Sentence {
  readonly key: string;
  readonly words: string;
}

/** The policy in plain English, for the people who sign; `key` identifies a sentence in other versions. */
export const describePolicy = ({
  accept,
  firstTouch,
  maxReassignments,
  rejectReasons,
}: SlaPolicy): readonly Sentence[] => [
  {
    key: 'accept',
    words: `A seller accepts or rejects a lead within ${timeOf(accept.within)} of the offer.`,
  },
  ...stepsOf('accept', 'Without a decision', accept),
  {
    key: 'firstTouch',
    words: `A seller tries to reach a lead for the first time within ${timeOf(firstTouch.within)} of accepting it.`,
  },
  ...stepsOf('firstTouch', 'Without an attempt', firstTouch),
  {
    key: 'maxReassignments',
    words:
      maxReassignments === 0
        ? 'A lead is passed on to no other seller by the clock: a manager decides.'
        : `A lead is passed on by the clock ${counted(maxReassignments, 'time')} at most; then a manager decides.`,
  },
  ...rejectReasons.map((reason) => ({ key: `rejectReasons/${reason.code}`, words: reasonOf(reason) })),
];

const stepsOf = (clock: string, without: string, { steps }: ClockTerms): Sentence[] =>
  steps.map(({ at, do: action }, n) => ({
    key: `${clock}/steps/${n}`,
    words: `${without} after ${percent(at)} of that time, ${ACTIONS[action]}.`,
  }));

const ACTIONS: Readonly<Record<Step['do'], string>> = {
  warn: 'the seller is reminded',
  'warn-everywhere': 'the seller is reminded by every channel at once',
  escalate: 'the managers of the team are told',
  'rest-seller': 'the seller is offered no other lead until they answer',
  reassign: 'the lead goes to the next seller',
};

const timeOf = ({ amount, unit, calendar }: Duration): string =>
  `${counted(amount, unit.slice(0, -1))}${calendar === 'working' ? ' of working time' : ''}`;

const percent = (part: number): string => `${Math.round(part * 10_000) / 100} %`;

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

const reasonOf = ({ code, label, teaches, outcome, needs, afterAcceptance }: RejectReason): string => {
  const withWhat =
    needs === undefined ? '' : needs === 'note' ? ', with a note' : ', with the day to try again';
  const also = afterAcceptance ? ', also after it was accepted' : '';
  const learns =
    teaches === 'nothing' ? 'teaches the score nothing' : `teaches about ${teaches.replace('-', ' ')}`;
  return `A lead can be rejected as “${label}” (${code})${withWhat}${also}: it is ${outcome}, which ${learns}.`;
};
