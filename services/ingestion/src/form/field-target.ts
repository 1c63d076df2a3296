import { pathOf, TRAIT_NAMES, traitNamed } from '@baton/contracts';
import { isConsentField } from '../activity/consent.js';
import { emailOf } from '../activity/identity.js';
import type { Json } from '../activity/invalid-message.js';
import { controlOf } from './control-fields.js';

/** What a form field can be, besides a trait: an answer about consent, an id of the person, any other answer, or nothing. */
const OTHER_TARGETS = ['marketingConsent', 'userId', 'anonymousId', 'property', 'ignored'] as const;

/** Targets that the owner of a form can give a field. */
export const FIELD_TARGETS: readonly string[] = [...TRAIT_NAMES, ...OTHER_TARGETS];

/** What became of one field of a fill. */
export interface FieldUse {
  readonly field: string;
  /** One of {@link FIELD_TARGETS}, or `control` for a field that controls processing. */
  readonly target: string;
  /** Why, where the name alone does not say it. */
  readonly reason?: 'mapped' | 'value-is-an-address' | undefined;
}

/** Fields that name the form's recipient, not the person. */
const RECIPIENT = /^_?(?:to|cc|bcc|recipients?|admin_?email|site_?email|owner_?email|from_?site)$/i;

/**
 * What each field of a form is: as its owner mapped it, else by its name. Without a field for the e-mail address it is the one
 * field whose value is an address: builders call theirs `input_3`.
 */
export const fieldUsesOf = (fields: Json, mapping: Readonly<Record<string, string>>): FieldUse[] => {
  const uses = Object.keys(fields).map((field) => useOf(field, mapping));
  const isGiven = ({ field, target }: FieldUse): boolean => target === 'email' && !isBlank(fields[field]);
  if (uses.some(isGiven)) return uses;
  const addresses = uses.filter(
    ({ field, target, reason }) =>
      target === 'property' &&
      reason === undefined &&
      !RECIPIENT.test(field) &&
      emailOf(fields[field]) !== undefined,
  );
  const only = addresses.length === 1 ? addresses[0]!.field : undefined;
  return uses.map((use) =>
    use.field === only ? { field: only, target: 'email', reason: 'value-is-an-address' } : use,
  );
};

const useOf = (field: string, mapping: Readonly<Record<string, string>>): FieldUse => {
  const mapped = Object.hasOwn(mapping, field) ? mapping[field] : undefined;
  return mapped === undefined
    ? { field, target: targetByName(field) }
    : { field, target: mapped, reason: 'mapped' };
};

const targetByName = (field: string): string => {
  const control = controlOf(field);
  if (control !== undefined) return control;
  return isConsentField(field) ? 'marketingConsent' : (traitNamed(field) ?? 'property');
};

const isBlank = (value: unknown): boolean =>
  Array.isArray(value) ? value.every(isBlank) : value === null || value === undefined || value === '';

/** The name of an answer that is no trait: the last part of a nested name, or all of it when that name is taken. */
export const propertyNameOf = (field: string, taken: Json): string => {
  const path = pathOf(field);
  const last = path.length > 1 ? path.at(-1)! : field;
  return Object.hasOwn(taken, last) ? field : last;
};
