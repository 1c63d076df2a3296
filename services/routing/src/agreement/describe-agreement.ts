import { describeCondition } from '@baton/conditions';
import { CLAUSES, SIDE_OF, type Clause } from './clause.js';
import type { Agreement, Segment } from './agreement.js';

/** A statement of the agreement; `key` identifies it in other versions, `parts` are what may change of it. */
export interface AgreementSentence {
  readonly key: string;
  readonly words: string;
  readonly name?: string;
  readonly parts?: Readonly<Record<string, string>>;
}

/** The agreement in plain English, for the people who sign. */
export const describeAgreement = (agreement: Agreement): readonly AgreementSentence[] => [
  {
    key: 'period',
    words: `What is promised is counted each ${agreement.period}, in the time of ${agreement.timeZone}.`,
    name: 'Counted',
    parts: { each: agreement.period, 'in the time of': agreement.timeZone },
  },
  {
    key: 'remediation',
    words: `A miss opens a task that is due ${counted(agreement.remediationDays, 'day')} later.`,
    name: 'A task for a miss is due after',
    parts: { '': counted(agreement.remediationDays, 'day') },
  },
  ...agreement.segments.flatMap(ofSegment),
  ...(agreement.segments.at(-1)?.when
    ? [{ key: 'others', words: 'Nothing is promised about leads of no segment.' }]
    : []),
];

const ofSegment = (segment: Segment, n: number): AgreementSentence[] => [
  {
    key: `segments/${segment.key}`,
    words: `${n + 1}. ${segment.name}: ${leadsOf(segment)}.`,
    name: `Segment ${segment.key}:`,
    parts: { named: segment.name, is: leadsOf(segment), 'comes at place': String(n + 1) },
  },
  ...CLAUSES.map((clause) => ofClause(segment, clause)),
];

const leadsOf = ({ when }: Segment): string =>
  when ? `leads whose ${describeCondition(when)}` : 'all leads of no segment before it';

const ofClause = (segment: Segment, clause: Clause): AgreementSentence => {
  const { promise, parts } = promiseOf(segment, clause);
  const side = SIDE_OF[clause] === 'marketing' ? 'Marketing' : 'Sales';
  return {
    key: `segments/${segment.key}/${clause}`,
    words: `${segment.name}: ${side} owes ${promise}.`,
    name: `${segment.name}, ${clause.replaceAll('-', ' ')}:`,
    parts,
  };
};

const promiseOf = (
  { marketing, sales }: Segment,
  clause: Clause,
): { promise: string; parts: Readonly<Record<string, string>> } => {
  const percent = (value: number, rest: string, more: Readonly<Record<string, string>> = {}) => ({
    promise: `at least ${value} % of ${rest}`,
    parts: { 'at least': `${value} %`, ...more },
  });
  switch (clause) {
    case 'leads': {
      const number = counted(marketing.leads, 'sales-ready lead');
      return { promise: `at least ${number}`, parts: { 'at least': number } };
    }
    case 'accepted':
      return percent(marketing.acceptedPercent, 'the leads judged accepted');
    case 'complete': {
      const fields = marketing.complete.fields.join(', ');
      return percent(marketing.complete.percent, `the leads with these fields filled: ${fields}`, { fields });
    }
    case 'accept-in-time':
      return percent(sales.acceptInTimePercent, 'the offers decided within the window of the SLA policy');
    case 'first-touch-in-time':
      return percent(
        sales.firstTouchInTimePercent,
        'the accepted leads touched within the window of the SLA policy',
      );
    case 'attempts': {
      const [atLeast, days] = [
        counted(sales.attempts.atLeast, 'attempt'),
        counted(sales.attempts.withinDays, 'day'),
      ];
      return percent(
        sales.attempts.percent,
        `the accepted leads reached, or tried with ${atLeast} within ${days} and before they are returned`,
        { attempts: atLeast, within: days },
      );
    }
    case 'reasons':
      return percent(sales.reasonPercent, 'the rejections with a reason other than “other”');
    case 'follow-up': {
      const days = counted(sales.followUp.withinDays, 'day');
      return percent(sales.followUp.percent, `the leads reached followed up within ${days}`, {
        within: days,
      });
    }
  }
};

const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
