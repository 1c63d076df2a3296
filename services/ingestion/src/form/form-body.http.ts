import { sanitizeJson } from '@baton/contracts';
import { DomainError } from '@baton/platform';
import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { assertDepth, decompressed, parseJson } from '../request/request-body.http.js';
import { isObject, type Json } from '../activity/invalid-message.js';
import { flattenedFields } from './field-path.js';
import { textEntries, type FormEntry } from './form-entry.js';
import { readMultipart } from './multipart.http.js';
import { urlencodedEntries } from './urlencoded.js';

const OPENING_BRACE = 0x7b;

/** Max fields of a form: more come from a program, not from a page. */
const MAX_FIELDS = 1_000;

/** Parses a multipart body while it arrives. */
export const parseMultipart = async (request: FastifyRequest, stream: Readable): Promise<FormEntry[]> => {
  try {
    return await readMultipart(decompressed(request, stream), request.headers['content-type'] ?? '');
  } finally {
    // What follows the end of a form, or of the part that was refused, is read and dropped, compressed as it is.
    stream.unpipe();
    stream.resume();
  }
};

/**
 * The fields of a form as a browser or a program sends them: multipart, urlencoded or a JSON object, whose nested objects become
 * names in brackets.
 *
 * @throws DomainError `invalid` or `too-large`
 */
export const formFieldsOf = (body: unknown, contentType = ''): Json => {
  if (Array.isArray(body)) return collect(textEntries(body as FormEntry[], contentType));
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  if (/\bjson\b/i.test(contentType) || bytes[0] === OPENING_BRACE) return fieldsOfJson(parseJson(bytes));
  const entries = urlencodedEntries(bytes, MAX_FIELDS);
  if (!entries) throw tooManyFields();
  return collect(textEntries(entries, contentType));
};

const fieldsOfJson = (json: unknown): Json => {
  assertDepth(json);
  if (!isObject(json)) throw new DomainError('invalid', 'A form is a JSON object with its fields.');
  const fields = flattenedFields(json, MAX_FIELDS);
  if (!fields) throw tooManyFields();
  return fields;
};

const tooManyFields = (): DomainError =>
  new DomainError('too-large', `A form may have at most ${MAX_FIELDS} fields.`);

/** A name that occurs several times has a list of values; `interest[]` is `interest`. */
const collect = (pairs: readonly [string, string][]): Json => {
  if (pairs.length > MAX_FIELDS) throw tooManyFields();
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of pairs) {
    const field = name.replace(/\[\d*\]$/, '');
    const before = fields.get(field);
    if (before === undefined) fields.set(field, value);
    else if (Array.isArray(before)) before.push(value);
    else fields.set(field, [before, value]);
  }
  return sanitizeJson(Object.fromEntries(fields)) as Json;
};
