import { describe, expect, it } from '@jest/globals';
import { activityIdentifiersOf, keyOf } from './identifier.js';
import { domainOf } from './role-mailbox.js';

describe('the identifiers of an activity', () => {
  it.each([
    [' Ada@Engines.Example ', ['email:ada@engines.example', 'user:U-7', 'crm:crm:17', 'phone:+442071838750']],
    ['info@engines.example', ['user:U-7', 'crm:crm:17', 'email:info@engines.example', 'phone:+442071838750']],
  ])('with the address %p are strongest first, normalised', (email, expected) => {
    const others = { anonymousId: ' 4d1c ', phone: '+442071838750', crmId: 'crm:17', userId: 'U-7' };
    expect(activityIdentifiersOf({ ...others, email }).identifiers.map(keyOf)).toEqual([
      ...expected,
      'anonymous:4d1c',
    ]);
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
  ])('exclude the placeholder %p', (id) => {
    expect(activityIdentifiersOf({ userId: id, anonymousId: id, previousId: id })).toEqual({
      identifiers: [],
    });
  });

  it.each(['not-an-address', '@engines.example', 'ada@engines', 'a b@engines.example', 'null'])(
    'exclude %p, which is not an address',
    (email) => {
      expect(activityIdentifiersOf({ email }).identifiers).toEqual([]);
    },
  );

  it('include short numbers', () => {
    expect(activityIdentifiersOf({ userId: '1', anonymousId: '10' }).identifiers).toHaveLength(2);
  });

  it('of an alias include the replaced id, unless it is the same', () => {
    expect(activityIdentifiersOf({ userId: 'u-7', previousId: '4d1c' }).previous).toBe('4d1c');
    expect(activityIdentifiersOf({ userId: 'u-7', previousId: 'u-7' })).not.toHaveProperty('previous');
  });
});

describe('the domain of an address', () => {
  it('is the part after the last @', () => {
    expect(domainOf('ada@engines.example')).toBe('engines.example');
  });
});
