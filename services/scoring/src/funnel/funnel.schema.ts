import { conditionRef } from '@baton/conditions';
import { DECIDERS, OUTCOMES, VERDICTS } from './funnel.js';

const key = {
  type: 'string',
  pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
  maxLength: 64,
  description: 'lower-case words joined by hyphens',
};
const label = { type: 'string', minLength: 1, maxLength: 60, pattern: '\\S' };
const meaning = { type: 'string', minLength: 1, maxLength: 500, pattern: '\\S' };

/** JSON Schema of the document `funnel`; `funnelViolations` checks what a schema cannot express. */
export const funnelSchema = {
  $id: 'urn:baton:funnel',
  title: 'Funnel',
  type: 'object',
  properties: {
    stages: {
      type: 'array',
      minItems: 2,
      maxItems: 30,
      description: 'first to last',
      items: {
        type: 'object',
        properties: {
          key,
          label,
          meaning,
          by: { enum: DECIDERS, description: 'who decides that a lead is in this stage' },
          when: conditionRef,
          on: { enum: VERDICTS, description: 'what sales says that brings a lead here' },
        },
        required: ['key', 'label', 'meaning', 'by'],
        additionalProperties: false,
      },
    },
    exits: {
      type: 'array',
      minItems: 2,
      maxItems: 2,
      items: {
        type: 'object',
        properties: {
          key,
          label,
          meaning,
          on: { enum: OUTCOMES, description: 'the outcome of a rejection that brings a lead here' },
          restDays: {
            type: 'number',
            exclusiveMinimum: 0,
            maximum: 3_650,
            description: 'days a lead is left alone when the seller names no date',
          },
        },
        required: ['key', 'label', 'meaning', 'on'],
        additionalProperties: false,
      },
    },
    salesReady: {
      type: 'object',
      properties: { stage: { ...key, description: 'from this stage on a lead is offered to sales' } },
      required: ['stage'],
      additionalProperties: false,
    },
  },
  required: ['stages', 'exits', 'salesReady'],
  additionalProperties: false,
} as const;
