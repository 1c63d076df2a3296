import { Dicer } from '@fastify/busboy';
import { DomainError } from '@baton/platform';
import type { Readable } from 'node:stream';
import { charsetOf } from '../request/decoded-text.js';
import { MAX_REQUEST_BYTES } from '../activity/payload-limits.js';
import type { FormEntry } from './form-entry.js';

/** Bytes of a whole multipart request: answers are limited as in any request, attached files are read and dropped. */
const MAX_UPLOAD_BYTES = 25 * 1024 * 1024;
/** Max parts, files included: more come from a program, not from a page. */
const MAX_PARTS = 1_100;
const MAX_HEADER_BYTES = 8 * 1024;

type PartHeaders = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * The fields of a multipart form, read from a stream so that an attached file is never in memory.
 *
 * @throws DomainError `invalid` for a body that is no multipart form, `too-large` over a limit
 */
export const readMultipart = async (stream: Readable, contentType: string): Promise<FormEntry[]> => {
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType);
  if (!boundary) throw notMultipart();
  // The declaration lacks `maxHeaderSize`.
  const settings = { boundary: boundary[1] ?? boundary[2]!, maxHeaderSize: MAX_HEADER_BYTES };
  const parser = new Dicer(settings);
  const parts: Promise<FormEntry | undefined>[] = [];
  const text = { bytes: 0 };
  try {
    await new Promise<void>((resolve, reject) => {
      let bytes = 0;
      stream.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MAX_UPLOAD_BYTES) reject(tooLarge());
      });
      stream.on('error', () => reject(notMultipart()));
      parser.on('error', () => reject(notMultipart()));
      parser.on('part', (part) => {
        if (parts.length === MAX_PARTS) return reject(tooLarge());
        const entry = entryOf(part, text);
        parts.push(entry);
        entry.catch(reject);
      });
      parser.on('finish', resolve);
      stream.pipe(parser);
    });
  } finally {
    stream.unpipe(parser);
  }
  return (await Promise.all(parts)).filter((entry) => entry !== undefined);
};

/** The field that a part is; undefined for a file and for a part without a name. */
const entryOf = (part: Readable, text: { bytes: number }): Promise<FormEntry | undefined> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let described = '';
    let charset: string | undefined;
    part.on('error', () => reject(notMultipart()));
    part.on('header', (headers: PartHeaders) => {
      described = headers['content-disposition']?.[0] ?? '';
      charset = charsetOf(headers['content-type']?.[0]);
    });
    part.on('data', (chunk: Buffer) => {
      if (isFile(described)) return;
      text.bytes += chunk.length;
      if (text.bytes > MAX_REQUEST_BYTES) reject(tooLarge());
      else chunks.push(chunk);
    });
    part.on('end', () => {
      const name = isFile(described) ? undefined : nameIn(described);
      resolve(name && { name, value: Buffer.concat(chunks), charset });
    });
  });

const isFile = (disposition: string): boolean => /;\s*filename\*?\s*=/i.test(disposition);

/** The name of a part as browsers write it: quoted, with a quotation mark as %22 (HTML standard). */
const nameIn = (disposition: string): Uint8Array | undefined => {
  const found = /;\s*name\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s;]+))/i.exec(disposition);
  const text = found?.[1] ?? found?.[2];
  return text === undefined
    ? undefined
    : Buffer.from(text.replaceAll('%22', '"').replace(/\\(["\\])/g, '$1'), 'utf8');
};

const notMultipart = (): DomainError =>
  new DomainError('invalid', 'The body is not multipart form data, although its content type says so.');

const tooLarge = (): DomainError =>
  new DomainError(
    'too-large',
    `A form may have at most ${MAX_REQUEST_BYTES / 1024} KB of answers, ${MAX_UPLOAD_BYTES / 1024 / 1024} MB with its files, and ${MAX_PARTS} parts.`,
  );
