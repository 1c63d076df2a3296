import { conditionRef } from '@baton/conditions';
import { LESSONS } from '@baton/contracts';
import { DECIDERS, ENDS, NURTURE_FROM, OUTCOMES, RETURNS, VERDICTS } from './funnel.js';

const key = {
  type: 'string',
  pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
  maxLength: 64,
  description: 'lower-case words joined by hyphens',
};
const label = { type: 'string', minLength: 1, maxLength: 60, pattern: '\\S' };
const meaning = { type: 'string', minLength: 1, maxLength: 500, pattern: '\\S' };

export const MAX_RECYCLE_RULES = 50;
export const MAX_REASONS = 50;
const MAX_RECYCLES = 100;
const restDays = { type: 'number', exclusiveMinimum: 0, maximum: 3_650 };

const recycle = {
  type: 'array',
  maxItems: MAX_RECYCLE_RULES,
  description: 'what becomes of leads that sales gives back; the first rule that fits holds',
  items: {
    type: 'object',
    properties: {
      key,
      on: { enum: RETURNS, description: 'how the lead is given back' },
      reasons: {
        type: 'array',
        minItems: 1,
        maxItems: MAX_REASONS,
        uniqueItems: true,
        items: { type: 'string', minLength: 1, maxLength: 64 },
        description: 'codes of reasons; without them every reason',
      },
      restDays: { ...restDays, description: 'days a lead is left alone when the seller names no date' },
      maxTimes: {
        type: 'integer',
        minimum: 0,
        maximum: MAX_RECYCLES,
        description: 'how often a lead is recycled at most; 0: not once',
      },
      then: { enum: ENDS, description: 'what becomes of it then' },
      teaches: { enum: LESSONS, description: 'what a deal that ended so teaches' },
    },
    required: ['key', 'on'],
    additionalProperties: false,
  },
};

export const MAX_NURTURE_RULES = 20;

const nurture = {
  type: 'array',
  maxItems: MAX_NURTURE_RULES,
  description: 'when marketing is to take care of a lead',
  items: {
    type: 'object',
    properties: {
      key,
      label: { ...label, maxLength: 120, description: 'what marketing reads' },
      when: conditionRef,
      afterDays: { type: 'number', minimum: 0, maximum: 3_650 },
      from: { enum: NURTURE_FROM, description: 'from when the days count' },
    },
    required: ['key', 'label', 'when', 'afterDays'],
    additionalProperties: false,
  },
};

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
          restDays: { ...restDays, description: 'days a lead is left alone when the seller names no date' },
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
    recycle,
    asksAgain: conditionRef,
    nurture,
  },
  required: ['stages', 'exits', 'salesReady'],
  additionalProperties: false,
} as const;
