import { MAX_CONDITIONS, MAX_TEXT_LENGTH, MAX_VALUES } from './condition.js';
import { operatorNames, operators, type Operand } from './operators.js';
import { HAS_WORD } from './words.js';

const text = { type: 'string', minLength: 1, maxLength: MAX_TEXT_LENGTH, pattern: '\\S' };
const value = {
  type: ['string', 'number', 'boolean'],
  minLength: 1,
  maxLength: MAX_TEXT_LENGTH,
  pattern: '\\S',
};

const operands: Record<Operand, object> = {
  value,
  values: { type: 'array', items: value, minItems: 1, maxItems: MAX_VALUES },
  text,
  phrases: { type: 'array', items: { ...text, pattern: HAS_WORD.source }, minItems: 1, maxItems: MAX_VALUES },
  number: { type: 'number' },
  flag: { type: 'boolean' },
};

const group = { type: 'array', items: { $ref: '#' }, minItems: 1, maxItems: MAX_CONDITIONS };

/**
 * JSON Schema (2020-12) of a condition. The schema of a document refers to its `$id` with `conditionRef`; add this schema to the
 * validator that compiles it. `properties` precede `oneOf`, so that a violation is reported at its exact pointer instead of "matches
 * none of".
 */
export const conditionSchema = Object.freeze({
  $id: 'urn:baton:condition',
  title: 'Condition',
  description: 'either `all`, `any` or `not` alone, or a `fact` with exactly one comparison',
  type: 'object',
  properties: {
    all: { ...group, description: 'every one of these holds' },
    any: { ...group, description: 'at least one of these holds' },
    not: { $ref: '#', description: 'this one does not hold' },
    fact: { ...text, description: 'what is compared: names joined by dots, such as traits.employees' },
    ...Object.fromEntries(
      operatorNames.map((name) => [
        name,
        { ...operands[operators[name].operand], description: `the fact ${operators[name].words} …` },
      ]),
    ),
  },
  additionalProperties: false,
  oneOf: [
    { required: ['all'], maxProperties: 1 },
    { required: ['any'], maxProperties: 1 },
    { required: ['not'], maxProperties: 1 },
    { required: ['fact'], minProperties: 2, maxProperties: 2 },
  ],
});

/** Reference to {@link conditionSchema} for schemas of documents. */
export const conditionRef = Object.freeze({ $ref: conditionSchema.$id });
