import { defineKind } from '@baton/definitions';
import { slaPolicyViolations } from './sla-policy.violations.js';
import { slaPolicySchema } from './sla-policy.schema.js';
import { defaultSlaPolicy, type SlaPolicy } from './sla-policy.js';

/** The kind of definition that both teams sign. */
export const slaPolicy = defineKind<SlaPolicy, SlaPolicy>({
  name: 'sla-policy',
  schema: slaPolicySchema,
  schemaVersion: 2,
  upcast: (document, from) => (from < 2 ? withoutAttempts(document) : document),
  check: slaPolicyViolations,
  default: defaultSlaPolicy,
});

/** Version 1 had a number of attempts that no clock enforced. */
const withoutAttempts = (document: object): object => {
  const { attempts: _, ...policy } = document as SlaPolicy & { attempts?: unknown };
  return policy;
};
