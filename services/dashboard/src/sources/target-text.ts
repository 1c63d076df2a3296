import type { FieldUse, ReceivedActivity } from '../api/shapes.js';
import { humanize } from '../ui/humanize.js';

const LABELS: Readonly<Record<string, string>> = {
  email: 'E-mail address',
  firstName: 'First name',
  lastName: 'Last name',
  name: 'Full name',
  phone: 'Phone number',
  company: 'Company',
  jobTitle: 'Job title',
  employees: 'Number of employees',
  industry: 'Industry',
  country: 'Country',
  website: 'Website',
  marketingConsent: 'Agreed to marketing',
  userId: 'User id of your own system',
  anonymousId: 'Visitor id of a tracker',
  property: 'An answer of its own',
  ignored: 'Ignore it',
  control: 'For processing only',
};
const NOT_A_TRAIT = ['marketingConsent', 'userId', 'anonymousId', 'property', 'ignored'];
const ID_TARGETS = ['userId', 'anonymousId'];

/** What a form field is taken for, in words: `E-mail address` for `email`. */
export const targetText = (target: string): string =>
  Object.hasOwn(LABELS, target) ? LABELS[target]! : humanize(target);

/** Choices for a field, in groups. */
export const targetChoices = (targets: readonly string[]) => {
  const choices = targets.map((value) => ({ value, label: targetText(value) }));
  const isTrait = ({ value }: { value: string }): boolean => !NOT_A_TRAIT.includes(value);
  return [
    { group: 'About the person', items: choices.filter(isTrait) },
    { group: 'Other', items: choices.filter((choice) => !isTrait(choice)) },
  ];
};

/** Why a field was taken for something, in words. */
export const reasonText = ({ target, reason }: Pick<FieldUse, 'target' | 'reason'>): string => {
  if (reason === 'mapped') return 'It is mapped to that';
  if (reason === 'value-is-an-address') return 'Its value is an e-mail address, and no other field has one';
  if (target === 'property') return 'Its name is none that Baton knows';
  if (target === 'ignored') return 'Its name is one of a password, a token or a technical field';
  return target === 'control'
    ? 'By its name: a redirect, a campaign tag or a field against robots'
    : 'By its name';
};

/** The value of a field as it was kept, when it can be told from what was understood. */
export const valueOf = ({ field, target }: FieldUse, activity: ReceivedActivity | undefined): unknown => {
  if (!activity || target === 'ignored' || target === 'control') return undefined;
  if (target === 'property' || target === 'marketingConsent') return propertyOf(field, activity.properties);
  if (ID_TARGETS.includes(target)) return activity.identifiers[target];
  return activity.traits[target] ?? activity.identifiers[target];
};

/** A nested name such as `fields[size]` is kept by its last part, unless that was taken. */
const propertyOf = (field: string, properties: ReceivedActivity['properties']): unknown =>
  Object.hasOwn(properties, field)
    ? properties[field]
    : properties[
        field
          .split(/[[\].]+/)
          .filter(Boolean)
          .at(-1) ?? field
      ];
