const MAX_SHOWN = 300;

/** Any value of a message as text, shortened. */
export const valueText = (value: unknown): string => {
  const text = plainText(value);
  return text.length <= MAX_SHOWN ? text : `${[...text.slice(0, MAX_SHOWN + 1)].slice(0, -1).join('')}…`;
};

const plainText = (value: unknown): string => {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(plainText).join(', ');
  return JSON.stringify(value);
};
