import { sanitizeJson } from '@baton/contracts';
import { DomainError } from '@baton/platform';
import { parseJson } from '../request/request-body.http.js';
import { isObject, type Json } from '../activity/invalid-message.js';

const OPENING_BRACE = 0x7b;

/** Max fields of a form: more come from a program, not from a page. */
const MAX_FIELDS = 1_000;

/** The fields of a form as a browser or a program sends them: multipart, urlencoded or a JSON object. Files are left out. */
export const formFieldsOf = async (body: unknown, contentType = ''): Promise<Json> => {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  if (/^multipart\/form-data/i.test(contentType)) return collect(await parseMultipart(bytes, contentType));
  if (/\bjson\b/i.test(contentType) || bytes[0] === OPENING_BRACE) return requireObject(parseJson(bytes));
  const params = new URLSearchParams(bytes.toString('utf8'));
  assertFewFields(params.size);
  return collect(params);
};

const requireObject = (json: unknown): Json => {
  if (!isObject(json)) throw new DomainError('invalid', 'A form is a JSON object with its fields.');
  assertFewFields(Object.keys(json).length);
  return json;
};

const assertFewFields = (fields: number): void => {
  if (fields > MAX_FIELDS)
    throw new DomainError(
      'too-large',
      `A form may have at most ${MAX_FIELDS} fields; this one has ${fields}.`,
    );
};

const parseMultipart = async (body: Buffer, contentType: string): Promise<[string, string][]> => {
  const response = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
  const form = await response.formData().catch(() => {
    throw new DomainError(
      'invalid',
      'The body is not multipart form data, although its content type says so.',
    );
  });
  const fields = [...form];
  assertFewFields(fields.length);
  return fields.filter((field): field is [string, string] => typeof field[1] === 'string');
};

/** A name that occurs several times has a list of values; `interest[]` is `interest`. */
const collect = (pairs: Iterable<[string, string]>): Json => {
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of pairs) {
    const field = name.replace(/\[\]$/, '');
    const before = fields.get(field);
    if (before === undefined) fields.set(field, value);
    else if (Array.isArray(before)) before.push(value);
    else fields.set(field, [before, value]);
  }
  return sanitizeJson(Object.fromEntries(fields)) as Json;
};
