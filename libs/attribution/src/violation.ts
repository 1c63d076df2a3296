import { childPointer, type Violation } from '@baton/contracts';

type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Members of `value` other than `known`. */
export const unknownMembers = (value: JsonObject, pointer: string, known: readonly string[]): Violation[] => {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return [];
  return [
    {
      pointer: childPointer(pointer, unknown.slice(0, 100)),
      detail: `is not known here: ${known.join(', ')} are`,
    },
  ];
};

/** A finite number of 0 or more; JSON as Node parses it has `Infinity` for 1e999. */
export const isAmount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;
