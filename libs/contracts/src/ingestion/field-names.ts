import { memoized } from './memo.js';

/**
 * A field's name without its spelling: `first_name`, `First name`, `first-name` and `firstName` are all `firstname`; accents are
 * folded (`prénom`, `Imię`).
 */
export const plainName = memoized((field) =>
  field
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}]/gu, ''),
);

/**
 * The parts of a nested name without indexes and remarks in parentheses: `form_fields[email]`, `lead.email` and `contacts[0][email]` all end with `email`.
 * Builders that send more than a value per field end it with `value`.
 */
export const pathOf = memoized((field): readonly string[] => {
  const parts = field
    .replace(/\([^()]*\)/g, ' ')
    .split(/[[\].]+/)
    .filter((part) => part !== '' && !/^\d+$/.test(part));
  return parts.length > 1 && /^values?$/i.test(parts.at(-1)!) ? parts.slice(0, -1) : parts;
});
