import { defineKind } from '@baton/definitions';
import { contradictionsOf } from './sla-policy.violations.js';
import { slaPolicySchema } from './sla-policy.schema.js';
import { defaultSlaPolicy, type SlaPolicy } from './sla-policy.js';

/** The SLA policy as a document that both teams sign. */
export const slaPolicy = defineKind<SlaPolicy, SlaPolicy>({
  name: 'sla-policy',
  schema: slaPolicySchema,
  check: contradictionsOf,
  default: defaultSlaPolicy,
});
