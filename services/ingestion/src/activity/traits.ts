import { isConsentField } from './consent.js';
import { plainName } from './field-names.js';
import { employeesIn } from './employees.js';
import { emailOf } from './identity.js';
import { truncate, isObject, type Json } from './invalid-message.js';

type Traits = Record<string, unknown>;

const MAX_TEXT = 256;
const SALUTATION = /^(mr|mrs|ms|miss|mx|dr|prof|herr|frau)\.?$/i;
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  email: [
    'email',
    'emailaddress',
    'mail',
    'workemail',
    'businessemail',
    'replyto',
    'mailadresse',
    'emailadresse',
    'courriel',
    'correo',
  ],
  firstName: ['firstname', 'fname', 'givenname', 'forename', 'namefirst', 'vorname', 'prenom', 'prénom'],
  lastName: [
    'lastname',
    'lname',
    'surname',
    'familyname',
    'namelast',
    'nachname',
    'apellido',
    'apellidos',
    'cognome',
  ],
  name: ['name', 'fullname', 'contactname', 'nombre', 'nome', 'naam'],
  phone: [
    'phone',
    'phonenumber',
    'telephone',
    'tel',
    'mobile',
    'mobilephone',
    'telefon',
    'téléphone',
    'telefono',
    'teléfono',
  ],
  company: [
    'company',
    'companyname',
    'organisation',
    'organization',
    'employer',
    'firma',
    'unternehmen',
    'société',
    'societe',
    'entreprise',
    'empresa',
    'azienda',
    'bedrijf',
  ],
  jobTitle: ['jobtitle', 'title', 'role', 'jobrole', 'position', 'job'],
  employees: ['employees', 'employeecount', 'numberofemployees', 'companysize', 'headcount'],
  industry: ['industry', 'sector'],
  country: ['country', 'countrycode', 'countryname'],
  website: ['website', 'companywebsite'],
};
const TRAIT = new Map(
  Object.entries(SPELLINGS).flatMap(([trait, spellings]) =>
    spellings.map((plain) => [plain, trait] as const),
  ),
);

/**
 * The trait a field is about, such as `jobTitle` for `Job title` or `role`; undefined for a field without one. Form builders
 * nest names in brackets (`form_fields[email]`, `data[merges][EMAIL]`) and begin them with "your" (`your-email`).
 */
export const traitNamed = (field: string): string | undefined =>
  TRAIT.get(plainName(field)) ?? traitOfNested(/([^[\]]+)\]?$/.exec(field)?.[1] ?? '');

const traitOfNested = (name: string): string | undefined => TRAIT.get(plainName(name).replace(/^your/, ''));

/**
 * Traits under the names that scoring and routing use; traits without such a name keep their own. A `company` or `address`
 * object (Segment) is flattened; consent is left out because it is a field of the activity.
 */
export const traitsOf = (...given: readonly (Json | undefined)[]): Traits => {
  const traits: Traits = {};
  for (const json of given) for (const field in json) addTrait(traits, field, json[field]);
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
  if (value === null || value === undefined || field === '__proto__' || isConsentField(field)) return;
  if (field === 'company' && isObject(value)) return void Object.assign(traits, companyTraitsOf(value));
  if (field === 'address' && isObject(value)) addTrait(traits, 'country', value['country']);
  const trait = traitNamed(field);
  if (trait === undefined) traits[field] = value;
  // The standard spelling of a field outranks its other spellings.
  else if (!(trait in traits) || trait === field) setTrait(traits, trait, value);
};

const setTrait = (traits: Traits, trait: string, value: unknown): void => {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  if (typeof last !== 'string' && typeof last !== 'number') return;
  const text = truncate(String(last).trim(), MAX_TEXT);
  if (text === '') return;
  if (trait === 'employees') setEmployees(traits, text);
  else if (trait === 'email') Object.assign(traits, definedOnly({ email: emailOf(text) }));
  else traits[trait === 'jobTitle' && SALUTATION.test(text) ? 'salutation' : trait] = text;
};

/** Trait `employees` for a size that is a number, else `companySize` with its words. */
const setEmployees = (traits: Traits, text: string): void => {
  const count = employeesIn(text);
  if (count === undefined) traits['companySize'] = text;
  else traits['employees'] = count;
};

const definedOnly = (traits: Traits): Traits =>
  Object.fromEntries(Object.entries(traits).filter(([, value]) => value !== undefined));
