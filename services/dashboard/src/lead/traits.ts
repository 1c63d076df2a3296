import { humanize } from '../ui/humanize.js';

type Traits = Readonly<Record<string, unknown>>;

const text = (traits: Traits, key: string): string | undefined => {
  const value = traits[key];
  return typeof value === 'string' && value.trim() ? value.trim() : undefined;
};

/** Display name of a lead: the name, else the e-mail address, else `Unknown visitor`. */
export const nameOf = (traits: Traits): string => {
  const parts = [text(traits, 'firstName'), text(traits, 'lastName')].filter(Boolean).join(' ');
  return text(traits, 'name') ?? (parts || undefined) ?? text(traits, 'email') ?? 'Unknown visitor';
};

const companyOf = (traits: Traits): string | undefined => {
  const company = traits['company'];
  if (typeof company === 'object' && company !== null) return text(company as Traits, 'name');
  return text(traits, 'company');
};

/** Their job and company in one line, such as `Head of Operations, Engines Ltd`; empty when neither is known. */
export const roleOf = (traits: Traits): string =>
  [text(traits, 'jobTitle') ?? text(traits, 'title'), companyOf(traits)].filter(Boolean).join(', ');

const SHOWN_ELSEWHERE = ['name', 'firstName', 'lastName', 'email', 'company', 'jobTitle', 'title', 'phone'];

/** All other traits as label and value; nested values are left out. */
export const detailsOf = (traits: Traits): [label: string, value: string][] =>
  Object.entries(traits).flatMap(([key, value]) => {
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return plain && !SHOWN_ELSEWHERE.includes(key)
      ? [[humanize(key), String(value)] as [string, string]]
      : [];
  });
