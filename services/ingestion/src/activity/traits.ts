import { traitNamed } from '@baton/contracts';
import { isConsentField } from './consent.js';
import { employeesIn } from './employees.js';
import { emailOf } from './identity.js';
import { truncate, isObject, type Json } from './invalid-message.js';
import { phoneOf } from './phone.js';

type Traits = Record<string, unknown>;

const MAX_TEXT = 256;
const SALUTATION = /^(mr|mrs|ms|miss|mx|dr|prof|herr|frau)\.?$/i;
/**
 * Traits under the names that scoring and routing use; traits without such a name keep their own. A `company` or `address`
 * object (Segment) is flattened; consent is left out because it is a field of the activity. Blank values are left out: they must not
 * replace an answer given before.
 */
export const traitsOf = (...given: readonly (Json | undefined)[]): Traits => {
  const traits: Traits = {};
  for (const json of given) for (const field in json) addTrait(traits, field, json[field]);
  if (typeof traits['phone'] === 'string') traits['phone'] = phoneOf(traits['phone'], traits['country']);
  return traits;
};

/** Traits of Segment's `group`, which describes the person's company. */
export const companyTraitsOf = (group: Json | undefined): Traits => {
  if (!group) return {};
  const { name, ...rest } = group;
  const { company = '', employees, industry, website, country } = traitsOf({ company: name }, rest);
  return definedOnly({
    company: company === '' ? undefined : company,
    employees,
    industry,
    website,
    country,
  });
};

const addTrait = (traits: Traits, field: string, value: unknown): void => {
  if (isBlank(value) || field === '__proto__' || isConsentField(field)) return;
  if (field === 'company' && isObject(value)) return void Object.assign(traits, companyTraitsOf(value));
  if (field === 'address' && isObject(value)) addTrait(traits, 'country', value['country']);
  const trait = traitNamed(field);
  if (trait === undefined) traits[field] = value;
  // The standard spelling of a field outranks its other spellings.
  else if (!(trait in traits) || trait === field) setTrait(traits, trait, value);
};

const setTrait = (traits: Traits, trait: string, value: unknown): void => {
  const last: unknown = Array.isArray(value) ? value.findLast((each) => !isBlank(each)) : value;
  if (typeof last !== 'string' && typeof last !== 'number') return;
  const text = truncate(String(last).trim(), MAX_TEXT);
  if (trait === 'employees') setEmployees(traits, text);
  else if (trait === 'email') Object.assign(traits, definedOnly({ email: emailOf(text) }));
  else traits[trait === 'jobTitle' && SALUTATION.test(text) ? 'salutation' : trait] = text;
};

const isBlank = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.every(isBlank));

/** Trait `employees` for a size that is a number, else `companySize` with its words. */
const setEmployees = (traits: Traits, text: string): void => {
  const count = employeesIn(text);
  if (count === undefined) traits['companySize'] = text;
  else traits['employees'] = count;
};

const definedOnly = (traits: Traits): Traits =>
  Object.fromEntries(Object.entries(traits).filter(([, value]) => value !== undefined));
