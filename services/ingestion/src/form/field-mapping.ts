import { childPointer, type Violation } from '@baton/contracts';
import type { Json } from '../activity/invalid-message.js';
import { FIELD_TARGETS } from './field-target.js';

const MAX_FIELDS = 200;
const MAX_NAME = 256;

/** What is wrong with a mapping of form fields to what they are. */
export const mappingFaultsIn = (mapping: Json): Violation[] => {
  const fields = Object.keys(mapping);
  if (fields.length > MAX_FIELDS)
    return [{ pointer: '/mapping', detail: `must have at most ${MAX_FIELDS} fields` }];
  return fields.flatMap((field) => {
    const pointer = childPointer('/mapping', field.slice(0, MAX_NAME));
    if (field.length > MAX_NAME)
      return [{ pointer, detail: `must be a name of at most ${MAX_NAME} characters` }];
    return FIELD_TARGETS.includes(mapping[field] as string)
      ? []
      : [{ pointer, detail: `must be one of ${FIELD_TARGETS.join(', ')}` }];
  });
};
