import type { Funnel } from './funnel.js';

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
};
