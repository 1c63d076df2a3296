import { defineKind } from '@baton/definitions';
import { describePolicy } from './describe-policy.js';
import { slaPolicyViolations } from './sla-policy.violations.js';
import { slaPolicySchema } from './sla-policy.schema.js';
import { defaultSlaPolicy, type SlaPolicy } from './sla-policy.js';

/** The kind of definition that both teams sign. */
export const slaPolicy = defineKind<SlaPolicy, SlaPolicy>({
  name: 'sla-policy',
  schema: slaPolicySchema,
  schemaVersion: 3,
  upcast: (document, from) => {
    const second = from < 2 ? withoutAttempts(document) : document;
    return from < 3 ? withReasonsAfterAcceptance(second) : second;
  },
  check: slaPolicyViolations,
  describe: describePolicy,
  default: defaultSlaPolicy,
});

/** Version 1 had a number of attempts that no clock enforced. */
const withoutAttempts = (document: object): object => {
  const { attempts: _, ...policy } = document as SlaPolicy & { attempts?: unknown };
  return policy;
};

/** Up to version 2 an accepted lead that never answered could not be returned at all. */
const withReasonsAfterAcceptance = (document: object): object => {
  const policy = document as SlaPolicy;
  return {
    ...policy,
    rejectReasons: policy.rejectReasons.map((reason) =>
      reason.code === 'unresponsive' ? { ...reason, afterAcceptance: true } : reason,
    ),
  };
};
