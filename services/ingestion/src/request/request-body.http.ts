import { sanitizeJson } from '@baton/contracts';
import { DomainError } from '@baton/platform';
import type { FastifyRequest } from 'fastify';
import { brotliDecompress, gunzip, inflate, type ZlibOptions } from 'node:zlib';
import { MAX_BATCH_BYTES } from '../activity/payload-limits.js';

type Done = (fault: Error | null, body?: Buffer) => void;
type Decompress = (
  body: Buffer,
  options: ZlibOptions,
  done: (fault: NodeJS.ErrnoException | null, plain: Buffer) => void,
) => void;

const DECOMPRESS: Readonly<Record<string, Decompress>> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  deflate: inflate,
  br: brotliDecompress,
};

/** Gives the bytes of a body of any content type, unpacked; a bomb is stopped at the limit, not after it went off. */
export const decompressBody = (request: FastifyRequest, body: Buffer, done: Done): void => {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return done(null, body);
  const decompress = DECOMPRESS[encoding.trim().toLowerCase()];
  if (!decompress)
    return done(new DomainError('invalid', 'The content encoding is not known here: send gzip or nothing.'));
  decompress(body, { maxOutputLength: MAX_BATCH_BYTES }, (fault, plain) => {
    if (!fault) return done(null, plain);
    done(
      fault.code === 'ERR_BUFFER_TOO_LARGE'
        ? tooLarge()
        : new DomainError('invalid', `The body is not ${encoding}, although its content encoding says so.`),
    );
  });
};

const tooLarge = (): DomainError =>
  new DomainError(
    'too-large',
    `A request may have at most ${MAX_BATCH_BYTES / 1024} KB, unpacked; send it in parts.`,
  );

/** The JSON value of a body, without what could not be stored. Faults name the place, never the text. */
export const parseJson = (body: unknown): unknown => {
  const text = Buffer.isBuffer(body) ? body.toString('utf8') : '';
  const json = parse(text);
  // What cannot be stored can only have come as an escape.
  return text.includes('\\u') ? sanitizeJson(json) : json;
};

const parse = (text: string): unknown => {
  if (text === '') throw new DomainError('invalid', 'The body is empty; send JSON.');
  try {
    return JSON.parse(text) as unknown;
  } catch (fault) {
    const place = /at position (\d+)/.exec((fault as Error).message)?.[1];
    throw new DomainError(
      'invalid',
      `The body is not valid JSON${place === undefined ? '' : `: it goes wrong at character ${place}`}.`,
    );
  }
};
