import { PERIOD_UNITS } from '@baton/calendar';
import { conditionRef } from '@baton/conditions';
import { MAX_SEGMENTS, PROMISED_FIELDS } from './agreement.js';

const object = (properties: Record<string, object>, optional: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
});

const percent = { type: 'number', minimum: 0, maximum: 100, description: 'A percentage.' };
const days = { type: 'integer', minimum: 1, maximum: 365 };

const marketing = object({
  leads: { type: 'integer', minimum: 0, maximum: 1_000_000, description: 'Sales-ready leads per period.' },
  acceptedPercent: percent,
  complete: object({
    fields: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      maxItems: PROMISED_FIELDS.length,
      items: { enum: PROMISED_FIELDS },
    },
    percent,
  }),
});

const sales = object({
  acceptInTimePercent: percent,
  firstTouchInTimePercent: percent,
  // At most as many as are kept with a hand-off.
  attempts: object({ atLeast: { type: 'integer', minimum: 1, maximum: 50 }, withinDays: days, percent }),
  reasonPercent: percent,
  followUp: object({ withinDays: days, percent }),
});

/** JSON Schema of the agreement; `agreementViolations` has the rules that a schema cannot express. */
export const agreementSchema = {
  title: 'Agreement',
  description: 'What marketing and sales owe each other, by segment and period.',
  ...object({
    period: { enum: PERIOD_UNITS },
    timeZone: { type: 'string', maxLength: 64, description: 'Such as Europe/Vienna.' },
    remediationDays: days,
    segments: {
      type: 'array',
      minItems: 1,
      maxItems: MAX_SEGMENTS,
      items: object(
        {
          key: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 },
          name: { type: 'string', minLength: 1, maxLength: 120, pattern: '^[^\\p{C}]+$' },
          when: conditionRef,
          marketing,
          sales,
        },
        ['when'],
      ),
    },
  }),
};
