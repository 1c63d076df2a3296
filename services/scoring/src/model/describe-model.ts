import { describeCondition } from '@baton/conditions';
import type { Period, Rule, ScoringModel } from './scoring-model.js';

/** One statement of a definition in plain English; `key` identifies it in other versions. */
export interface Sentence {
  readonly key: string;
  readonly words: string;
  /** What it is about, and what may change of it: see `Sentence` of the definitions. */
  readonly name?: string;
  readonly parts?: Readonly<Record<string, string | undefined>>;
}

const LABELS: Readonly<Record<string, string>> = {
  'account.people': 'people of the account',
  'account.engagedPeople': 'engaged people of the account',
  'account.points': 'points of the account',
  'account.isCustomer': 'account is a customer',
};

const labelOf = (fact: string): string =>
  LABELS[fact] ??
  fact
    .replace(/^(traits|properties)\./, '')
    .replace(/[._-]+/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);

const signed = (points: number): string => `${points < 0 ? '−' : '+'}${Math.abs(points)}`;

/** `7 days`, `1 hour`. */
export const periodInWords = ({ amount, unit }: Period): string =>
  `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`;

/** A rule as a sentence: what is given, for what, and its limits. */
export const ruleInWords = (rule: Rule, axis: 'fit' | 'engagement'): string => {
  const condition = describeCondition(rule.when, labelOf);
  const given = `${signed(rule.points)} “${rule.label}”`;
  if (axis === 'fit') return `${given} when ${condition}`;
  if (rule.noneFor)
    return `${given} when the last activity where ${condition} is ${periodInWords(rule.noneFor)} ago or more`;
  if (rule.times)
    return `${given} while there are ${rule.times.atLeast} or more activities within ${periodInWords(rule.times.within)} where ${condition}`;
  const limits = [
    ...(rule.cap === undefined ? [] : [`at most ${rule.cap} in all`]),
    ...(rule.halfLife ? [`half of it left after ${periodInWords(rule.halfLife)}`] : []),
  ];
  return [`${given} for each activity where ${condition}`, ...limits].join(', ');
};

/** A scoring model as sentences, for the difference that both teams sign. */
export const describeModel = (model: ScoringModel): Sentence[] => [
  { key: 'total', words: `A score is between ${model.total.min} and ${model.total.max} points` },
  ...model.grades.map(({ grade, from }) => limitSentence(`Grade ${grade}`, 'points', from)),
  ...(model.matrix ? matrixSentences(model.matrix) : []),
  ...model.groups.map(({ key, label, axis, cap }) => ({
    key: `group ${key}`,
    words: `“${label}” gives at most ${cap} points of ${axis}`,
    name: `“${label}”`,
    parts: { name: label, 'gives points of': axis, 'at most': `${cap} points` },
  })),
  ...model.rules.map((rule) => ruleSentence(rule, model)),
];

const ruleSentence = (rule: Rule, { groups }: ScoringModel): Sentence => {
  const group = groups.find(({ key }) => key === rule.group);
  const label = group?.label ?? rule.group;
  const { times, noneFor, halfLife, cap } = rule;
  return {
    key: `rule ${rule.key}`,
    words: `${label}: ${ruleInWords(rule, group?.axis ?? 'engagement')}`,
    name: `“${rule.label}”`,
    parts: {
      '': signed(rule.points),
      name: rule.label,
      when: describeCondition(rule.when, labelOf),
      'at most': cap === undefined ? undefined : `${cap} in all`,
      'half left after': halfLife && periodInWords(halfLife),
      'as long as there are': times && `${times.atLeast} within ${periodInWords(times.within)}`,
      'as long as the last one is': noneFor && `${periodInWords(noneFor)} old`,
      group: label,
    },
  };
};

const limitSentence = (name: string, of: string, from: number): Sentence => ({
  key: name,
  words: `${name} from ${from} ${of}`,
  name,
  parts: { from: `${from} ${of}` },
});

const matrixSentences = ({ fit, engagement }: NonNullable<ScoringModel['matrix']>): Sentence[] => [
  ...Object.entries(fit).map(([letter, from]) => limitSentence(`Fit ${letter}`, 'points of fit', from)),
  ...Object.entries(engagement).map(([band, from]) =>
    limitSentence(`Engagement band ${band}`, 'points of engagement', from),
  ),
];
