import { DomainError } from '@baton/platform';
import type { FastifyInstance } from 'fastify';
import { Transform, type TransformCallback } from 'node:stream';

/**
 * Max objects and lists in a body, and opening brackets in its texts: 100,000 paths have 200,000. A body of 16 MiB of nothing else would
 * take seconds to parse and a gigabyte of memory.
 */
const MAX_BRACKETS = 1_000_000;
const [LIST, OBJECT] = ['[', '{'].map((bracket) => bracket.charCodeAt(0));

/** Refuses bodies of a route with too many objects and lists before they are parsed. */
export const boundJson = (instance: FastifyInstance, url: string): void => {
  instance.addHook('preParsing', (request, _reply, payload, done) =>
    done(null, request.routeOptions.url === url ? payload.pipe(new BracketLimit()) : payload),
  );
};

/** Reads a refused body to its end, so that the sender gets the answer. */
class BracketLimit extends Transform {
  private brackets = 0;

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    for (const byte of chunk) if (byte === LIST || byte === OBJECT) this.brackets += 1;
    done(null, this.brackets > MAX_BRACKETS ? undefined : chunk);
  }

  override _flush(done: TransformCallback): void {
    const isTooLarge = this.brackets > MAX_BRACKETS;
    done(
      isTooLarge
        ? new DomainError('too-large', `The body has more than ${MAX_BRACKETS} objects and lists.`)
        : null,
    );
  }
}
