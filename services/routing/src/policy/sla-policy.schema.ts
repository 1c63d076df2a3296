import { LESSONS, REJECT_OUTCOMES } from '@baton/contracts';
import { CALENDARS, UNITS } from './duration.js';
import { ACCEPTED_ACTIONS, STEP_ACTIONS } from './sla-policy.js';

const object = (properties: Record<string, object>, optional: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
});

const duration = object({
  amount: { type: 'number', exclusiveMinimum: 0, maximum: 100_000 },
  unit: { enum: UNITS },
  calendar: {
    enum: CALENDARS,
    description: 'elapsed: all of the time counts; working: the working time of the calendar of the seller.',
  },
});

const clock = (actions: readonly string[], description: string) => ({
  ...object({
    within: duration,
    steps: {
      type: 'array',
      maxItems: 20,
      items: object({
        at: {
          type: 'number',
          exclusiveMinimum: 0,
          maximum: 1,
          description: 'Part of the window, 1 is its end.',
        },
        do: { enum: actions },
      }),
    },
  }),
  description,
});

const reason = object(
  {
    code: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 },
    label: { type: 'string', minLength: 1, maxLength: 120 },
    teaches: { enum: LESSONS },
    outcome: { enum: REJECT_OUTCOMES },
    needs: { enum: ['note', 'wakeAt'] },
    afterAcceptance: { type: 'boolean', description: 'Whether it also returns a lead that was accepted.' },
  },
  ['needs', 'afterAcceptance'],
);

/** JSON Schema of the SLA policy; `slaPolicyViolations` has the rules that a schema cannot express. */
export const slaPolicySchema = {
  title: 'SLA policy',
  description: 'What sales owes marketing for each lead it is offered, and what happens without a response.',
  ...object({
    accept: clock(STEP_ACTIONS, 'From the offer to accept or reject.'),
    firstTouch: clock(ACCEPTED_ACTIONS, 'From the acceptance to the first attempt.'),
    maxReassignments: { type: 'integer', minimum: 0, maximum: 50 },
    rejectReasons: { type: 'array', minItems: 1, maxItems: 100, items: reason },
  }),
};
