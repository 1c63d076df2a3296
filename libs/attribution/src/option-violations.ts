import type { Violation } from '@baton/contracts';
import { MAX_KEY_LENGTH } from './limits.js';
import { SHAPES, type Model, type Options, type Shape } from './request.js';
import { isObject } from './violation.js';

const MAX_DIRECT_KEYS = 100;
const MAX_ORDER = 3;
const MAX_HALF_LIFE_DAYS = 10_000;

interface Option {
  readonly of: Model;
  readonly isValid: (value: unknown) => boolean;
  readonly detail: string;
}

const isKey = (key: unknown): boolean => typeof key === 'string' && key.length <= MAX_KEY_LENGTH;

const OPTIONS: Readonly<Record<keyof Options, Option>> = {
  directKeys: {
    of: 'last-non-direct',
    isValid: (value) => Array.isArray(value) && value.length <= MAX_DIRECT_KEYS && value.every(isKey),
    detail: `must be a list of at most ${MAX_DIRECT_KEYS} keys`,
  },
  shape: {
    of: 'position',
    isValid: (value) => SHAPES.includes(value as Shape),
    detail: `must be one of ${SHAPES.join(', ')}`,
  },
  halfLifeDays: {
    of: 'time-decay',
    isValid: (value) => typeof value === 'number' && value >= 0.001 && value <= MAX_HALF_LIFE_DAYS,
    detail: `must be a number of days from 0.001 to ${MAX_HALF_LIFE_DAYS}`,
  },
  order: {
    of: 'markov',
    isValid: (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_ORDER,
    detail: `must be 1, 2 or ${MAX_ORDER}`,
  },
};

/** What is wrong with the options of a model, any JSON value. An option of another model is not ignored: it was meant to matter. */
export const optionViolations = (model: Model, options: unknown): Violation[] => {
  if (options === undefined) return [];
  if (!isObject(options)) return [{ pointer: '/options', detail: 'must be an object' }];
  return Object.entries(options).flatMap(([name, value]) => {
    const pointer = `/options/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name as keyof Options] : undefined;
    if (option?.of !== model) return [{ pointer, detail: `is not an option of ${model}` }];
    return option.isValid(value) ? [] : [{ pointer, detail: option.detail }];
  });
};
