import { defineKind } from '@baton/definitions';
import { slaPolicyViolations } from './sla-policy.violations.js';
import { slaPolicySchema } from './sla-policy.schema.js';
import { defaultSlaPolicy, type SlaPolicy } from './sla-policy.js';

/** The kind of definition that both teams sign. */
export const slaPolicy = defineKind<SlaPolicy, SlaPolicy>({
  name: 'sla-policy',
  schema: slaPolicySchema,
  check: slaPolicyViolations,
  default: defaultSlaPolicy,
});
