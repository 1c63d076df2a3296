import { describeCondition } from '@baton/conditions';
import type { Sentence } from '../model/describe-model.js';
import type { Exit, Funnel, NurtureRule, RecycleRule, Stage } from './funnel.js';

const VERDICT_WORDS: Readonly<Record<string, string>> = {
  accepted: 'a seller accepts the lead',
  qualified: 'a seller qualifies the lead',
  'deal-opened': 'a deal is opened',
  'deal-won': 'a deal is won',
};

/** A funnel as sentences, for the difference that both teams sign. */
export const describeFunnel = ({
  stages,
  exits,
  salesReady,
  recycle = [],
  asksAgain,
  nurture = [],
}: Funnel): Sentence[] => [
  ...stages.map((stage, index) => ({
    key: `stage ${stage.key}`,
    words: `${index + 1}. ${stage.label}: ${entryInWords(stage)}`,
    name: `“${stage.label}”`,
    parts: {
      '': entryInWords(stage),
      name: stage.label,
      'decided by': stage.by,
      meaning: `“${stage.meaning}”`,
    },
  })),
  { key: 'order', words: `The stages are, in this order: ${stages.map(({ label }) => label).join(', ')}` },
  ...exits.map((exit) => ({
    key: `exit ${exit.key}`,
    words: `${exit.label}: ${exitInWords(exit)}`,
    name: `“${exit.label}”`,
    parts: { '': exitInWords(exit), name: exit.label, meaning: `“${exit.meaning}”` },
  })),
  {
    key: 'sales-ready',
    words: `Leads are offered to sales from “${stages.find(({ key }) => key === salesReady.stage)?.label ?? salesReady.stage}” on`,
  },
  ...recycle.map((rule) => ({ key: `recycle ${rule.key}`, words: recycleInWords(rule) })),
  ...(asksAgain
    ? [
        {
          key: 'asks-again',
          words: `A recycled lead comes back at once with an activity where ${describeCondition(asksAgain)}`,
        },
      ]
    : []),
  ...nurture.map((rule) => ({ key: `nurture ${rule.key}`, words: nurtureInWords(rule) })),
];

const nurtureInWords = ({ label, when, afterDays, from }: NurtureRule): string => {
  const since = from === 'last-activity' ? ' since the last activity' : '';
  const delay = afterDays === 0 ? 'at once' : `after ${afterDays} days${since}`;
  return `Marketing is told “${label}” ${delay} as long as ${describeCondition(when)}`;
};

const RETURN_WORDS = {
  rejected: 'A rejected lead',
  lost: 'A lead whose deal was lost',
  churned: 'A customer who left',
} as const;

const recycleInWords = ({ on, reasons, restDays, maxTimes, then, teaches }: RecycleRule): string => {
  const who = `${RETURN_WORDS[on]}${reasons ? ` (${reasons.join(', ')})` : ''}`;
  const end =
    then === 'disqualified' ? 'is disqualified until a person reopens it' : 'rests until it asks again';
  const lesson = teaches ? `; this teaches ${teaches === 'data-quality' ? 'data quality' : teaches}` : '';
  if (maxTimes === 0) return `${who} ${end}${lesson}`;
  const rest = restDays === undefined ? 'as its exit says' : `for ${restDays} days`;
  const limit = maxTimes === undefined ? '' : `, at most ${maxTimes} times; then it ${end}`;
  return `${who} rests ${rest}${limit}${lesson}`;
};

const entryInWords = ({ by, when, on }: Stage): string => {
  if (by === 'event') return 'every lead';
  if (on) return `when ${VERDICT_WORDS[on] ?? on}`;
  return when ? `as long as ${describeCondition(when)}` : `by ${by}`;
};

const exitInWords = ({ on, restDays }: Exit): string =>
  on === 'disqualified'
    ? 'rejected for good'
    : `rejected for now, eligible again ${restDays === undefined ? 'at the date the seller names' : `after ${restDays} days or at the date the seller names`}`;
