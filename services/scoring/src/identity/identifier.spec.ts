import { describe, expect, it } from '@jest/globals';
import { domainOf, namingOf } from './identifier.js';

describe('the identifiers of an activity', () => {
  it('are e-mail, user id and anonymous id, strongest first, as they are compared', () => {
    expect(namingOf({ anonymousId: ' 4d1c ', userId: 'U-7', email: ' Ada@Engines.Example ' })).toEqual({
      identifiers: [
        { kind: 'email', value: 'ada@engines.example' },
        { kind: 'user', value: 'U-7' },
        { kind: 'anonymous', value: '4d1c' },
      ],
    });
  });

  it.each([
    'null',
    'undefined',
    'NULL',
    ' anonymous ',
    '0',
    '000',
    '-',
    '',
    '   ',
    'N/A',
    '[object Object]',
    '-1',
    'guest',
    '00000000-0000-0000-0000-000000000000',
    '(not set)',
  ])('leave out the placeholder %p', (id) => {
    expect(namingOf({ userId: id, anonymousId: id, previousId: id })).toEqual({ identifiers: [] });
  });

  it.each(['not-an-address', '@engines.example', 'ada@engines', 'a b@engines.example', 'null'])(
    'leave out %p, which is no address',
    (email) => {
      expect(namingOf({ email }).identifiers).toEqual([]);
    },
  );

  it('keep an id that only looks poor', () => {
    expect(namingOf({ userId: '1', anonymousId: '10' }).identifiers).toHaveLength(2);
  });

  it('of an alias name the id that is replaced, unless it is the same', () => {
    expect(namingOf({ userId: 'u-7', previousId: '4d1c' }).previous).toBe('4d1c');
    expect(namingOf({ userId: 'u-7', previousId: 'u-7' })).not.toHaveProperty('previous');
  });
});

describe('the domain of an address', () => {
  it('is what stands behind the last @', () => {
    expect(domainOf('ada@engines.example')).toBe('engines.example');
  });
});
