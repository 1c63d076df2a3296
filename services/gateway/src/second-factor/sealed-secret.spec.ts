import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keyIdIn, opened, sealed, sealingKeyIdOf, sealingKeyIn } from './sealed-secret.js';

const KEY = randomBytes(32);
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

describe('a sealed secret', () => {
  it('is opened by its key for its owner, and is another value each time', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.uuid(),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (secret, owner, bytes) => {
          const key = Buffer.from(bytes);
          const stored = sealed(secret, owner, key);
          expect(opened(stored, owner, key)).toBe(secret);
          expect(keyIdIn(stored)).toBe(sealingKeyIdOf(key));
          expect(sealed(secret, owner, key)).not.toBe(stored);
        },
      ),
    );
  });

  it('is opened by no other key and for no other owner', () => {
    const stored = sealed(SECRET, 'ada', KEY);
    expect(stored).not.toContain(SECRET);
    expect(() => opened(stored, 'bob', KEY)).toThrow();
    expect(() => opened(stored, 'ada', randomBytes(32))).toThrow();
  });

  it('is refused when any byte of it was changed or the end is missing', () => {
    const [id, body] = sealed(SECRET, 'ada', KEY).split('.') as [string, string];
    const bytes = Buffer.from(body, 'base64url');
    for (let place = 0; place < bytes.length; place += 1) {
      const changed = Buffer.from(bytes);
      changed[place]! ^= 1;
      expect(() => opened(`${id}.${changed.toString('base64url')}`, 'ada', KEY)).toThrow();
      const cut = bytes.subarray(0, place).toString('base64url');
      expect(() => opened(`${id}.${cut}`, 'ada', KEY)).toThrow();
    }
  });

  it('is told from one in plain text', () => {
    expect(keyIdIn(SECRET)).toBeUndefined();
  });
});

describe('a key in a setting', () => {
  it.each<[string, unknown, boolean]>([
    ['32 bytes in base64', randomBytes(32).toString('base64'), true],
    ['32 bytes in base64url', randomBytes(32).toString('base64url'), true],
    ['16 bytes', randomBytes(16).toString('base64'), false],
    ['33 bytes', randomBytes(33).toString('base64'), false],
    ['nothing', '', false],
    ['no text', undefined, false],
  ])('%s', (_, setting, accepted) => {
    expect(sealingKeyIn(setting) !== undefined).toBe(accepted);
  });
});
