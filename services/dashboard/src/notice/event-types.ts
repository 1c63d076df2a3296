import type { NewWebhook } from '../api/shapes.js';

/** The events that a webhook can ask for. */
export const EVENT_TYPES: NewWebhook['events'] = [
  'handoff.offered.v1',
  'handoff.warned.v1',
  'handoff.retimed.v1',
  'handoff.escalated.v1',
  'handoff.breached.v1',
  'handoff.reassigned.v1',
  'handoff.accepted.v1',
  'handoff.rejected.v1',
  'handoff.attempted.v1',
  'handoff.qualified.v1',
  'deal.opened.v1',
  'deal.changed.v1',
  'deal.won.v1',
  'deal.lost.v1',
  'deal.renewed.v1',
  'deal.churned.v1',
  'lead.nurture-due.v1',
];
