import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantIn, occurredAt } from './occurred-at.js';

const received = Date.parse('2026-01-05T12:00:00.000Z');
const at = (text: string): number => Date.parse(text);

describe('when it happened', () => {
  it('is the time of receipt when the sender gives none', () => {
    expect(occurredAt({}, received)).toBe(received);
    expect(occurredAt({ sent: received - 5 }, received)).toBe(received);
  });

  it('is the time of the sender without a sentAt to compare with', () => {
    expect(occurredAt({ happened: received - 3_600_000 }, received)).toBe(received - 3_600_000);
  });

  it('corrects a wrong clock of the sender', () => {
    const times = { happened: at('2031-07-01T00:00:00Z'), sent: at('2031-07-01T00:00:02Z') };
    expect(occurredAt(times, received)).toBe(received - 2_000);
  });

  it('is neither in the future nor before 1970', () => {
    expect(occurredAt({ happened: received + 60_000 }, received)).toBe(received);
    expect(occurredAt({ happened: received, sent: received - 60_000 }, received)).toBe(received);
    expect(occurredAt({ happened: 0, sent: received * 3 }, received)).toBe(received);
  });

  it('does not depend on how wrong the clock is', () => {
    fc.assert(
      fc.property(fc.nat(86_400_000), fc.integer({ min: -1e12, max: 1e12 }), (age, skew) => {
        const times = { happened: received - age + skew, sent: received + skew };
        expect(occurredAt(times, received)).toBe(received - age);
      }),
    );
  });
});

describe('an instant', () => {
  it('is that of the field', () => {
    expect(instantIn({ at: '2026-01-05T09:00:00.000Z' }, 'at')).toBe(at('2026-01-05T09:00:00Z'));
  });

  it.each([undefined, null, ''])('%p is absent', (value) => {
    expect(instantIn({ at: value }, 'at')).toBeUndefined();
  });

  it.each(['yesterday', '5', 5, true, {}, [], '2026-02-30T00:00:00Z', '1915-01-01'])(
    '%p is refused at the field',
    (value) => {
      expect(() => instantIn({ at: value }, 'at')).toThrow(
        expect.objectContaining({ pointer: '/at', code: 'invalid' }),
      );
    },
  );
});
