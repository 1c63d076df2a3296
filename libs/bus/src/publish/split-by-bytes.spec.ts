import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bytesOf, type WireMessage } from '../event/wire-message.js';
import { splitByBytes } from './split-by-bytes.js';

const message = (key: string, value: string): WireMessage => ({ topic: 'activity', key, value, headers: {} });
const partitionOf = ({ key }: WireMessage): string => key ?? '';

describe('splitting messages into produce requests', () => {
  it('leaves messages together that fit', () => {
    const messages = [message('a', 'x'), message('b', 'y')];
    expect(splitByBytes(messages, { partitionOf })).toEqual([messages]);
    expect(splitByBytes([], { partitionOf })).toEqual([]);
  });

  it('counts bytes, not UTF-16 code units', () => {
    const wide = message('a', '中'.repeat(100));
    expect(bytesOf(wide)).toBeGreaterThan(300);
  });

  it('keeps order and loses nothing, and no request is over a limit unless one message alone is', () => {
    const sized = fc.record({ key: fc.constantFrom('a', 'b', 'c'), size: fc.integer({ min: 0, max: 400 }) });
    fc.assert(
      fc.property(fc.array(sized, { maxLength: 60 }), (shapes) => {
        const messages = shapes.map(({ key, size }, i) => message(key, `${i}`.padEnd(size, '-')));
        const limits = { maxPartitionBytes: 500, maxRequestBytes: 900 };
        const requests = splitByBytes(messages, { partitionOf, ...limits });
        expect(requests.flat()).toEqual(messages);
        for (const request of requests) {
          if (request.length === 1) continue;
          const sum = (of: readonly WireMessage[]) => of.reduce((total, each) => total + bytesOf(each), 0);
          expect(sum(request)).toBeLessThanOrEqual(limits.maxRequestBytes);
          for (const key of ['a', 'b', 'c'])
            expect(sum(request.filter((each) => each.key === key))).toBeLessThanOrEqual(
              limits.maxPartitionBytes,
            );
        }
      }),
    );
  });
});
