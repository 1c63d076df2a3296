import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LiveCursor, MAX_CURSOR_LENGTH } from './live-cursor.js';

const place = fc.record({
  topic: fc.constantFrom('leads', 'handoffs'),
  partition: fc.nat(20),
  sequence: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
});

describe('a live cursor', () => {
  it('is read from its text as it was written', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1 }), (places) => {
        const cursor = LiveCursor.at(places);
        expect(LiveCursor.parse(cursor.toString())?.places()).toEqual(cursor.places());
        places.forEach(({ topic, partition }) =>
          expect(cursor.sequenceOf({ topic, partition })).toBe(
            places.findLast((other) => other.topic === topic && other.partition === partition)!.sequence,
          ),
        );
      }),
    );
  });

  it('moves in one partition and leaves the others', () => {
    const before = LiveCursor.at([{ topic: 'leads', partition: 1, sequence: 5 }]);
    const after = before.after({ topic: 'leads', partition: 3, sequence: 40 });
    expect([before.toString(), after.toString()]).toEqual(['leads:0.5', 'leads:0.5.0.14']);
    expect(after.after({ topic: 'handoffs', partition: 0, sequence: 1 }).toString()).toBe(
      'handoffs:1,leads:0.5.0.14',
    );
  });

  it('is as long as 512 partitions need', () => {
    const places = ['handoffs', 'leads'].flatMap((topic) =>
      Array.from({ length: 256 }, (_, partition) => ({ topic, partition, sequence: 9_999_999_999 })),
    );
    expect(LiveCursor.parse(LiveCursor.at(places).toString())?.places()).toEqual(places);
  });

  it.each([
    '',
    '7',
    'leads',
    'leads:',
    'leads:1..2',
    'leads:-1',
    'leads:1,',
    'leads:zzzzzzzzzzzz',
    'LEADS:1',
    'leads:1;--',
  ])('is not %j', (text) => expect(LiveCursor.parse(text)).toBeUndefined());

  it('is not longer than its limit', () => {
    expect(LiveCursor.parse(`leads:${'1.'.repeat(MAX_CURSOR_LENGTH / 2)}1`)).toBeUndefined();
  });
});
