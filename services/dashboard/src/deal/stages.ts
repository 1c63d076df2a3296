/** Stages that are offered although no deal is in them; a CRM may have others. */
export const STAGES = ['discovery', 'proposal', 'negotiation'] as const;

export const LOSS_REASONS = [
  'price',
  'competitor',
  'no-budget',
  'no-decision',
  'bad-timing',
  'missing-feature',
  'unresponsive',
  'other',
] as const;

export const CHURN_REASONS = [
  'price',
  'competitor',
  'missing-feature',
  'service',
  'closed-down',
  'other',
] as const;
