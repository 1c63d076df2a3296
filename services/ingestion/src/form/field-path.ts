import { traitNamed } from '@baton/contracts';
import { isConsentField } from '../activity/consent.js';
import { isObject, type Json } from '../activity/invalid-message.js';

/** Members that hold the name and the value of a field in lists of fields, as HubSpot, Meta and Google Ads send them. */
const NAME_MEMBERS = ['name', 'key', 'field', 'column_id', 'id', 'label', 'title'];
const VALUE_MEMBERS = ['value', 'values', 'string_value', 'answer'];

/**
 * The fields of nested JSON as a form has them: `{ lead: { email } }` is the field `lead[email]`, a list of single values stays a
 * list, and `[{ name: 'email', value }]` is the field `email`. Undefined for more than `maxFields`. Recursive; check the depth first.
 */
export const flattenedFields = (json: Json, maxFields: number): Json | undefined => {
  const fields = new Map<string, unknown>();
  const add = (path: string, value: unknown): void => {
    if (fields.size > maxFields) return;
    const named = isObject(value) ? namedValueOf(value) : undefined;
    if (named) add(named.name, named.value);
    else if (isObject(value))
      for (const member of Object.keys(value))
        add(path === '' ? member : `${path}[${member}]`, value[member]);
    else if (Array.isArray(value) && value.some(isNested))
      value.forEach((item, index) =>
        add(isObject(item) || Array.isArray(item) ? `${path}[${index}]` : path, item),
      );
    else fields.set(path, value);
  };
  for (const member of Object.keys(json)) add(member, json[member]);
  return fields.size > maxFields ? undefined : Object.fromEntries(fields);
};

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null;

const namedValueOf = (json: Json): { name: string; value: unknown } | undefined => {
  const names = NAME_MEMBERS.map((member) => json[member]).filter(isName);
  const value = VALUE_MEMBERS.find((member) => member in json);
  // Tally's key is `question_nr8K62`, and only its label says what it is.
  const name = names.find((each) => traitNamed(each) !== undefined || isConsentField(each)) ?? names[0];
  return name === undefined || value === undefined ? undefined : { name, value: json[value] };
};

const isName = (value: unknown): value is string => typeof value === 'string' && value !== '';
