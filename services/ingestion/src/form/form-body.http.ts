import { sanitizeJson } from '@baton/contracts';
import { DomainError } from '@baton/platform';
import { parseJson } from '../request/request-body.http.js';
import { isObject, type Json } from '../activity/invalid-message.js';

const OPENING_BRACE = 0x7b;

/** The fields of a form as a browser or a program sends them: multipart, urlencoded or a JSON object. Files are left out. */
export const formFieldsOf = async (body: unknown, contentType = ''): Promise<Json> => {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  if (/^multipart\/form-data/i.test(contentType)) return collected(await multipart(bytes, contentType));
  if (/\bjson\b/i.test(contentType) || bytes[0] === OPENING_BRACE) return objectOf(parseJson(bytes));
  return collected(new URLSearchParams(bytes.toString('utf8')));
};

const objectOf = (json: unknown): Json => {
  if (isObject(json)) return json;
  throw new DomainError('invalid', 'A form is a JSON object with its fields.');
};

const multipart = async (body: Buffer, contentType: string): Promise<[string, string][]> => {
  try {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': contentType },
    }).formData();
    return [...form].filter((field): field is [string, string] => typeof field[1] === 'string');
  } catch {
    throw new DomainError(
      'invalid',
      'The body is not multipart form data, although its content type says so.',
    );
  }
};

/** A name that comes more than once has a list of values; `interest[]` is `interest`. */
const collected = (pairs: Iterable<[string, string]>): Json => {
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of pairs) {
    const field = name.replace(/\[\]$/, '');
    const before = fields.get(field);
    fields.set(field, before === undefined ? value : [before, value].flat());
  }
  return sanitizeJson(Object.fromEntries(fields)) as Json;
};
