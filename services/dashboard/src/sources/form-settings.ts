import type { FieldMapping, FormSettings } from '../api/shapes.js';

/** Settings as the API takes them: what is absent is set to its default. */
export const formRequestOf = ({ name, redirectTo, allowedRedirects, mapping }: FormSettings) => ({
  name,
  ...(redirectTo !== null && { redirectTo }),
  allowedRedirects,
  mapping,
});

/** The settings with a field mapped to a target; without one it is known by its name again. */
export const withField = <Settings extends FormSettings>(
  settings: Settings,
  field: string,
  target: string | undefined,
): Settings => {
  const others = Object.entries(settings.mapping).filter(([name]) => name !== field);
  const mapping: FieldMapping = Object.fromEntries(
    target === undefined ? others : [...others, [field, target]],
  );
  return { ...settings, mapping };
};

/** Host names in a text, separated by spaces, commas or lines; of addresses their hosts. */
export const hostsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map((entry) =>
        entry.includes('://') && URL.canParse(entry) ? new URL(entry).host : entry.toLowerCase(),
      ),
  ),
];

/** An id made of a name: `Web site (DE)` becomes `web-site-de`. */
export const idOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 64)
    .replace(/-+$/, '');
