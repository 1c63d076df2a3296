import { sanitizeJson } from '@baton/contracts';
import { DomainError } from '@baton/platform';
import type { FastifyRequest } from 'fastify';
import type { Readable, Transform } from 'node:stream';
import {
  brotliDecompress,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  gunzip,
  inflate,
  type ZlibOptions,
} from 'node:zlib';
import { decodedText } from './decoded-text.js';
import { quoteLargeIntegers } from './large-integers.js';
import { checkLimits, MAX_BODY_DEPTH, MAX_REQUEST_BYTES } from '../activity/payload-limits.js';

type Done = (fault: Error | null, body?: Buffer) => void;
type Decompress = (
  body: Buffer,
  options: ZlibOptions,
  done: (fault: NodeJS.ErrnoException | null, plain: Buffer) => void,
) => void;

const DECOMPRESS: ReadonlyMap<string, Decompress> = new Map<string, Decompress>([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', inflate],
  ['br', brotliDecompress],
]);
const DECODER: ReadonlyMap<string, () => Transform> = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/** Decompresses a body of any content type, up to the size limit. */
export const decompressBody = (request: FastifyRequest, body: Buffer, done: Done): void => {
  const encoding = encodingOf(request);
  if (encoding === undefined) return done(null, body);
  const decompress = DECOMPRESS.get(encoding);
  if (!decompress) return done(unsupported());
  decompress(body, { maxOutputLength: MAX_REQUEST_BYTES }, (fault, plain) => {
    if (!fault) return done(null, plain);
    done(
      fault.code === 'ERR_BUFFER_TOO_LARGE'
        ? tooLarge()
        : new DomainError('invalid', `The body is not ${encoding}, although its content encoding says so.`),
    );
  });
};

/** The stream of a body without its content encoding. A fault of the encoding is an error of the stream. */
export const decompressed = (request: FastifyRequest, stream: Readable): Readable => {
  const encoding = encodingOf(request);
  if (encoding === undefined) return stream;
  const decoder = DECODER.get(encoding)?.();
  if (!decoder) throw unsupported();
  stream.on('error', (fault) => decoder.destroy(fault));
  return stream.pipe(decoder);
};

const encodingOf = ({ headers }: FastifyRequest): string | undefined => {
  const encoding = headers['content-encoding']?.trim().toLowerCase();
  return encoding === '' || encoding === 'identity' ? undefined : encoding;
};

const unsupported = (): DomainError =>
  new DomainError('invalid', 'The content encoding is not supported: send gzip, deflate or br, or none.');

const tooLarge = (): DomainError =>
  new DomainError(
    'too-large',
    `A request may have at most ${MAX_REQUEST_BYTES / 1024} KB, decompressed; send it in parts.`,
  );

/** The JSON value of a body, without text that cannot be stored. Errors name the position, never the text. */
export const parseJson = (body: unknown): unknown => {
  const text = Buffer.isBuffer(body) ? decodedText(body) : '';
  const json = parse(text);
  // Text that PostgreSQL cannot store can only be written as an escape.
  if (!text.includes('\\u')) return json;
  assertDepth(json);
  return sanitizeJson(json);
};

/** To be called before anything recursive. @throws DomainError `invalid` */
export const assertDepth = (json: unknown): void => {
  if (checkLimits(json, Infinity, MAX_BODY_DEPTH) === 'too-deep')
    throw new DomainError('invalid', `The body is nested more than ${MAX_BODY_DEPTH} deep.`);
};

const parse = (text: string): unknown => {
  if (text === '') throw new DomainError('invalid', 'The body is empty; send JSON.');
  try {
    const json = JSON.parse(text) as unknown;
    const exact = quoteLargeIntegers(text);
    return exact === text ? json : (JSON.parse(exact) as unknown);
  } catch (fault) {
    const place = /at position (\d+)/.exec((fault as Error).message)?.[1];
    throw new DomainError(
      'invalid',
      `The body is not valid JSON${place === undefined ? '' : `: it goes wrong at character ${place}`}.`,
    );
  }
};
