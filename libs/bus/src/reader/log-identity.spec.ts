import { describe, expect, it } from '@jest/globals';
import type { KafkaMessage } from 'kafkajs';
import { fingerprintOf } from './fingerprint.js';
import { LogIdentity } from './log-identity.js';

const message = (offset: number, value = `value ${offset}`, timestamp = '1000'): KafkaMessage => ({
  key: null,
  value: Buffer.from(value),
  timestamp,
  attributes: 0,
  offset: String(offset),
  headers: {},
});
const leads0 = { topic: 'leads', partition: 0 };
const positionAfter = (last: KafkaMessage) => ({
  ...leads0,
  next_offset: String(Number(last.offset) + 1),
  last_timestamp: fingerprintOf(last).timestamp,
  last_hash: String(fingerprintOf(last).hash),
  barrier: null,
});

describe('the log under a stored position', () => {
  it('is read from its last known message, which is recognised and skipped once', () => {
    const identity = new LogIdentity();
    expect(identity.assign([positionAfter(message(9))]).get('leads/0')).toBe(9n);
    expect(identity.check(leads0, [message(9), message(10)])).toEqual({ kind: 'same', skip: 1 });
    expect(identity.check(leads0, [message(11)])).toEqual({ kind: 'same', skip: 0 });
  });

  it.each([
    ['content', message(9, 'something else')],
    ['time', message(9, 'value 9', '2000')],
  ])('is another one when the message there has another %s', (_what, other) => {
    const identity = new LogIdentity();
    identity.assign([positionAfter(message(9))]);
    expect(identity.check(leads0, [other])).toMatchObject({ kind: 'other' });
  });

  it('cannot be compared when retention deleted the message, and is not compared with a fetch from before the seek', () => {
    const identity = new LogIdentity();
    identity.assign([positionAfter(message(9))]);
    expect(identity.check(leads0, [message(3)])).toEqual({ kind: 'stale' });
    expect(identity.check(leads0, [message(20)])).toEqual({ kind: 'same', skip: 0 });
  });

  it('is read from the start when nothing was read', () => {
    const identity = new LogIdentity();
    const unread = { ...leads0, next_offset: '0', last_timestamp: null, last_hash: null, barrier: null };
    expect(identity.assign([unread]).get('leads/0')).toBe(0n);
    expect(identity.check(leads0, [message(0)])).toEqual({ kind: 'same', skip: 0 });
  });

  it('is another one when it ends before the position', () => {
    const position = positionAfter(message(9));
    expect(LogIdentity.shorterThan(position, 10n)).toBeUndefined();
    expect(LogIdentity.shorterThan(position, 4n)).toMatch(/read up to 10 but ends at 4/);
  });
});
