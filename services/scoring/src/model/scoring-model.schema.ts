import { conditionRef } from '@baton/conditions';
import { AXES, MAX_TIMES } from './scoring-model.js';

const key = {
  type: 'string',
  pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
  maxLength: 64,
  description: 'lower-case words joined by hyphens',
};
const label = { type: 'string', minLength: 1, maxLength: 120, pattern: '\\S' };
const points = { type: 'number', minimum: -1_000, maximum: 1_000 };
const cap = { type: 'number', exclusiveMinimum: 0, maximum: 10_000 };

const MAX_DAYS = 3_650;

const object = (properties: Record<string, object>, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});

const period = object({
  amount: { type: 'number', exclusiveMinimum: 0, maximum: MAX_DAYS },
  unit: { enum: ['hours', 'days'] },
});

const matrix = {
  ...object({
    fit: object({ A: points, B: points, C: points }),
    engagement: object({ 1: points, 2: points, 3: points }),
  }),
  description: 'minimum points of fit per letter, and of engagement per band',
};

/** JSON Schema of the document `scoring-model`; `scoringModelViolations` checks what a schema cannot express. */
export const scoringModelSchema = {
  $id: 'urn:baton:scoring-model',
  title: 'Scoring model',
  ...object(
    {
      grades: {
        type: 'array',
        minItems: 1,
        maxItems: 10,
        description: 'best first; the last applies to all other leads',
        items: object({
          grade: { type: 'string', minLength: 1, maxLength: 8, pattern: '\\S' },
          from: points,
        }),
      },
      total: { ...object({ min: points, max: points }), description: 'limits of the score' },
      groups: {
        type: 'array',
        minItems: 1,
        maxItems: 30,
        items: object({ key, label, axis: { enum: AXES }, cap }),
      },
      rules: {
        type: 'array',
        minItems: 1,
        maxItems: 200,
        items: object(
          {
            key,
            label,
            group: key,
            when: conditionRef,
            points,
            cap,
            halfLife: period,
            times: object({
              atLeast: { type: 'integer', minimum: 1, maximum: MAX_TIMES },
              within: period,
            }),
            noneFor: period,
          },
          ['cap', 'halfLife', 'times', 'noneFor'],
        ),
      },
      matrix,
    },
    ['matrix'],
  ),
} as const;
