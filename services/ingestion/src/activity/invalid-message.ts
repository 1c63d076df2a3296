/** A JSON object of a request. */
export type Json = Readonly<Record<string, unknown>>;

/** Why a message is refused: its shape (400), what its write key takes (403), its size (413). */
export type FaultCode = 'invalid' | 'forbidden' | 'too-large';

/** A message that cannot become an activity. `pointer` is relative to the message; `detail` never quotes a value. */
export class InvalidMessage extends Error {
  override readonly name = 'InvalidMessage';

  constructor(
    readonly pointer: string,
    readonly detail: string,
    readonly code: FaultCode = 'invalid',
  ) {
    super(`${pointer || '/'} ${detail}`);
  }
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text of at most `max` characters; undefined when absent, null or blank. @throws InvalidMessage */
export const textIn = (json: Json, field: string, max: number): string | undefined => {
  const value = json[field];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw new InvalidMessage(`/${field}`, 'must be a string');
  if (value.length > max) throw new InvalidMessage(`/${field}`, `must have at most ${max} characters`);
  return value.trim() || undefined;
};

/**
 * An id of at most `max` characters: a text, or an integer as databases have it. `true` and `false` are left over from an
 * expression of the sender, and no id. @throws InvalidMessage
 */
export const idIn = (json: Json, field: string, max: number): string | undefined => {
  const value = json[field];
  if (typeof value === 'boolean') return undefined;
  if (typeof value !== 'number') return textIn(json, field, max);
  // Parsing has rounded other numbers already: two people would become one.
  if (!Number.isSafeInteger(value)) throw new InvalidMessage(`/${field}`, 'must be a string or an integer');
  return String(value);
};

export const requiredTextIn = (json: Json, field: string, max: number, why: string): string =>
  required(textIn(json, field, max), field, why);

export const requiredIdIn = (json: Json, field: string, max: number, why: string): string =>
  required(idIn(json, field, max), field, why);

const required = (text: string | undefined, field: string, why: string): string => {
  if (text === undefined) throw new InvalidMessage(`/${field}`, `is missing: ${why}`);
  return text;
};

/** An object; undefined when absent or null. PHP writes an empty map as `[]`, others as `""`. @throws InvalidMessage */
export const objectIn = (json: Json, field: string): Json | undefined => {
  const value = json[field];
  if (value === undefined || value === null || value === '') return undefined;
  if (Array.isArray(value) && value.length === 0) return undefined;
  if (!isObject(value)) throw new InvalidMessage(`/${field}`, 'must be an object');
  return value;
};

/** For optional details (a page's address, a campaign's name): truncated or left out instead of refusing the event. */
export const truncatedTextOf = (value: unknown, max: number): string | undefined =>
  typeof value === 'string' ? truncate(value.trim(), max) || undefined : undefined;

/** At most `max` UTF-16 units, never ending in half a character. */
export const truncate = (text: string, max: number): string =>
  text.length <= max ? text : text.slice(0, max).toWellFormed();

export const objectOrUndefined = (value: unknown): Json | undefined => (isObject(value) ? value : undefined);
