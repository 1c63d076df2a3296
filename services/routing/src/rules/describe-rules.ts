import { describeCondition } from '@baton/conditions';
import type { Strategy } from '../team/strategy.js';
import { isOwner, type RoutingRules, type Target, type TeamTarget, type Territory } from './routing-rules.js';

interface Sentence {
  readonly key: string;
  readonly words: string;
}

/** The rules in plain English, for the people who sign; `key` identifies a sentence in other versions. */
export const describeRules = ({ territories = [], rules, fallback }: RoutingRules): readonly Sentence[] => [
  ...territories.map((territory) => ({
    key: `territories/${territory.name}`,
    words: territoryOf(territory),
  })),
  ...rules.map(({ key, name, when, to }, n) => ({
    key: `rules/${key}`,
    words: `${n + 1}. ${name}: ${when ? 'a lead' : 'every lead'} goes to ${targetOf(to)}${when ? ` when ${describeCondition(when)}` : ''}.`,
  })),
  {
    key: 'fallback',
    words: `A lead that no rule matches, or that no seller of its rule can take, goes to team ${fallback.team}${strategyOf(fallback)}.`,
  },
];

const territoryOf = ({ name, within, when }: Territory): string => {
  const leads = when ? `the leads where ${describeCondition(when)}` : 'the territories within it';
  return `Territory ${name}${within ? `, within ${within},` : ''} has ${leads}.`;
};

const targetOf = (target: Target): string =>
  isOwner(target) ? OWNERS[target.owner] : `team ${target.team}${needsOf(target)}${strategyOf(target)}`;

const OWNERS = {
  lead: 'the seller whose lead it was before, if there is one',
  account: 'the seller of another lead of its account, if there is one',
};

const needsOf = ({ sellers, skills = [], languages = [], territory }: TeamTarget): string => {
  const needs = [
    ...(sellers ? [`are one of ${sellers.length} named`] : []),
    ...(skills.length > 0 ? [`have the skill ${skills.join(', ')}`] : []),
    ...(languages.length > 0 ? [`speak ${languages.join(', ')}`] : []),
    ...(territory ? ['cover its territory'] : []),
  ];
  return needs.length > 0 ? `, to sellers who ${needs.join(' and ')}` : '';
};

const strategies: Readonly<Record<Strategy, string>> = {
  'round-robin': '',
  'least-loaded': ', the least loaded first',
  'longest-waiting': ', the one without a new lead for the longest time first',
};

const strategyOf = ({ strategy = 'round-robin' }: Pick<TeamTarget, 'strategy'>): string =>
  strategies[strategy];
