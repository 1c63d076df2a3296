import type { Condition } from '@baton/conditions';
import { BUYING, CALLED_OFF } from '../model/default-words.js';
import type { Funnel, NurtureRule, RecycleRule } from './funnel.js';

const rejections: readonly RecycleRule[] = [
  {
    key: 'unresponsive',
    on: 'rejected',
    reasons: ['unresponsive'],
    restDays: 30,
    maxTimes: 2,
    then: 'disqualified',
  },
  { key: 'timing', on: 'rejected', reasons: ['bad-timing'], restDays: 90, maxTimes: 4, then: 'nurture' },
  {
    key: 'no-case-yet',
    on: 'rejected',
    reasons: ['no-budget', 'no-authority', 'no-need'],
    restDays: 60,
    maxTimes: 3,
    then: 'nurture',
  },
  { key: 'other', on: 'rejected', restDays: 30, maxTimes: 5, then: 'nurture' },
];

/** Requests for a person of sales: pricing, a demo, a quote, a trial, a meeting. */
const asksAgain: Condition = {
  all: [
    { fact: 'kind', in: ['form', 'track'] },
    {
      any: [
        { fact: 'properties.interest', hasWord: BUYING },
        {
          all: [
            { fact: 'kind', is: 'form' },
            { fact: 'name', hasWord: BUYING },
          ],
        },
        {
          fact: 'name',
          in: ['Demo Requested', 'Trial Started', 'Quote Requested', 'Meeting Booked', 'Call Booked'],
        },
      ],
    },
    { not: { fact: 'name', hasWord: CALLED_OFF } },
  ],
};

const nurture: readonly NurtureRule[] = [
  {
    key: 'consent-missing',
    label: 'Meets the criteria, but has not agreed to receive marketing',
    when: {
      all: [
        { fact: 'stage', is: 'lead' },
        { fact: 'consent', is: false },
        { fact: 'points', atLeast: 50 },
        { fact: 'fit', atLeast: 15 },
        { fact: 'engagement', atLeast: 15 },
      ],
    },
    afterDays: 1,
  },
  {
    key: 'fell-back',
    label: 'Was marketing qualified, and is no longer',
    when: { fact: 'fellFrom', is: 'mql' },
    afterDays: 7,
  },
  {
    key: 'recycled',
    label: 'Recycled by sales, and waiting',
    when: { fact: 'stage', is: 'recycled' },
    afterDays: 14,
  },
  {
    key: 'silent',
    label: 'Known, but silent for 30 days',
    when: { fact: 'stage', is: 'lead' },
    afterDays: 30,
    from: 'last-activity',
  },
];

/** The funnel of a new installation, until both teams sign another. */
export const defaultFunnel: Funnel = {
  stages: [
    {
      key: 'visitor',
      label: 'Visitor',
      meaning: 'Somebody we have events of, but cannot name.',
      by: 'event',
    },
    {
      key: 'lead',
      label: 'Lead',
      meaning: 'A named contact who gave details in exchange for something.',
      by: 'identity',
      when: { fact: 'identified', is: true },
    },
    {
      key: 'mql',
      label: 'Marketing qualified',
      meaning: "Meets marketing's criteria, fit and engagement, and has agreed to receive marketing.",
      by: 'score',
      when: {
        all: [
          { fact: 'identified', is: true },
          { fact: 'consent', is: true },
          { fact: 'points', atLeast: 50 },
          { fact: 'fit', atLeast: 15 },
          { fact: 'engagement', atLeast: 15 },
        ],
      },
    },
    {
      key: 'sal',
      label: 'Sales accepted',
      meaning: 'A seller took the lead within the agreed time.',
      by: 'verdict',
      on: 'accepted',
    },
    {
      key: 'sql',
      label: 'Sales qualified',
      meaning: "The seller examined it and it meets sales' criteria: budget, authority, need, timeline.",
      by: 'verdict',
      on: 'qualified',
    },
    {
      key: 'opportunity',
      label: 'Opportunity',
      meaning: 'A seller spoke to them and sees a possible deal.',
      by: 'verdict',
      on: 'deal-opened',
    },
    {
      key: 'customer',
      label: 'Customer',
      meaning: 'Deal won.',
      by: 'verdict',
      on: 'deal-won',
    },
  ],
  exits: [
    {
      key: 'recycled',
      label: 'Recycled',
      meaning: 'Not now: back to nurture, with a date to look again.',
      on: 'recycled',
      restDays: 30,
    },
    {
      key: 'disqualified',
      label: 'Disqualified',
      meaning: 'Never, with a reason.',
      on: 'disqualified',
    },
  ],
  salesReady: { stage: 'mql' },
  recycle: [
    ...rejections,
    {
      key: 'lost-for-now',
      on: 'lost',
      reasons: ['bad-timing', 'no-decision'],
      restDays: 90,
      teaches: 'timing',
    },
    { key: 'lost', on: 'lost', restDays: 180, teaches: 'nothing' },
    { key: 'churned', on: 'churned', restDays: 365, teaches: 'nothing' },
  ],
  asksAgain,
  nurture,
};
