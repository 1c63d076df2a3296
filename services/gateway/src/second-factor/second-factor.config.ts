import { ValidateBy } from 'class-validator';
import { sealingKeyIn } from './sealed-secret.js';

const KEYS = 'must list one or more keys of 32 bytes (in base64, separated by commas)';

/** A list of at least one key of AES-256. */
export const IsSealingKeys = (): PropertyDecorator =>
  ValidateBy({
    name: 'isSealingKeys',
    validator: {
      validate: (keys: unknown) => Array.isArray(keys) && keys.length > 0 && keys.every(sealingKeyIn),
      defaultMessage: () => KEYS,
    },
  });
