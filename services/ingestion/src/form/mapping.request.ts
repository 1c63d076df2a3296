import { ValidateBy } from 'class-validator';
import { FIELD_TARGETS } from './field-target.js';

const MAX_FIELDS = 200;
const MAX_NAME = 256;

/** An object whose members are names of form fields and whose values are what they are. */
export const IsMapping = (): PropertyDecorator =>
  ValidateBy({
    name: 'isMapping',
    validator: {
      validate: (value: unknown) => faultIn(value) === undefined,
      defaultMessage: (validation) => faultIn(validation?.value) ?? '',
    },
  });

const faultIn = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object';
  const fields = Object.entries(value);
  if (fields.length > MAX_FIELDS) return `must have at most ${MAX_FIELDS} fields`;
  if (fields.some(([field]) => field.length > MAX_NAME))
    return `must have names of at most ${MAX_NAME} characters`;
  return fields.every(([, target]) => FIELD_TARGETS.includes(target as string))
    ? undefined
    : `must map each field to one of ${FIELD_TARGETS.join(', ')}`;
};
