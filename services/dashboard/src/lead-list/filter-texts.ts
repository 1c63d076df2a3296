import type { LeadConditions } from '../api/shapes.js';

export const PERIODS = [
  { value: '1', label: 'Last 24 hours' },
  { value: '7', label: 'Last 7 days' },
  { value: '30', label: 'Last 30 days' },
  { value: '90', label: 'Last 90 days' },
  { value: '365', label: 'Last 365 days' },
];

/** Names of stages and owners by their keys. */
export interface FilterNames {
  stageOf: (key: string) => string;
  ownerOf: (id: string) => string;
}

/** A condition in words, and the names of the fields that it has. */
export interface FilterText {
  readonly fields: readonly (keyof LeadConditions)[];
  readonly text: string;
}

const within = (days: number): string => (days === 1 ? 'last 24 hours' : `last ${days} days`);
const day = (instant: string): string => instant.slice(0, 10);
const range = (from: string | undefined, to: string | undefined): string =>
  [from && `from ${from}`, to && `before ${to}`].filter(Boolean).join(' ');

/** The conditions of a list in words, each once. */
export const filterTextsOf = (conditions: LeadConditions, names: FilterNames): FilterText[] => {
  const { stages, grades, owner, minPoints, maxPoints, hasEmail, identified } = conditions;
  const { createdFrom, createdTo, createdWithinDays, activeFrom, activeTo, activeWithinDays } = conditions;
  const texts: FilterText[] = [];
  const add = (text: string, ...fields: (keyof LeadConditions)[]): void => {
    if (fields.some((field) => conditions[field] !== undefined)) texts.push({ fields, text });
  };
  add(`Account: ${conditions.account}`, 'account');
  add(`Stage: ${stages?.map(names.stageOf).join(', ')}`, 'stages');
  add(`Grade: ${grades?.join(', ')}`, 'grades');
  add(`Owner: ${names.ownerOf(owner ?? '')}`, 'owner');
  add(pointsText(minPoints, maxPoints), 'minPoints', 'maxPoints');
  add(`Channel: ${conditions.channel}`, 'channel');
  add(`Campaign: ${conditions.campaign}`, 'campaign');
  add(`Source: ${conditions.sourceId}`, 'sourceId');
  add(`First seen: ${within(createdWithinDays ?? 0)}`, 'createdWithinDays');
  add(
    `First seen ${range(createdFrom && day(createdFrom), createdTo && day(createdTo))}`,
    'createdFrom',
    'createdTo',
  );
  add(`Active: ${within(activeWithinDays ?? 0)}`, 'activeWithinDays');
  add(`Active ${range(activeFrom && day(activeFrom), activeTo && day(activeTo))}`, 'activeFrom', 'activeTo');
  add(identified ? 'Identified' : 'Not identified', 'identified');
  add(hasEmail ? 'With an e-mail address' : 'Without an e-mail address', 'hasEmail');
  return texts;
};

const pointsText = (min: number | undefined, max: number | undefined): string => {
  if (max === undefined) return `Points: ${min} or more`;
  return min === undefined ? `Points: ${max} or fewer` : `Points: ${min} to ${max}`;
};
