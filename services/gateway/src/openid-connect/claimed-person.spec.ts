import { describe, expect, it } from '@jest/globals';
import { claimedPerson, type Claims, type ClaimRules } from './claimed-person.js';

const RULES: ClaimRules = {
  roleClaim: 'groups',
  roles: [
    ['admins', 'admin'],
    ['sales', 'seller'],
  ],
  emailVerified: 'required',
};
const CLAIMS: Claims = {
  sub: 'ada-1',
  email: ' Ada@Baton.example',
  email_verified: true,
  name: 'Ada',
  groups: ['staff', 'sales'],
};
const personOf = (claims: Claims, rules: Partial<ClaimRules> = {}) =>
  claimedPerson({ ...CLAIMS, ...claims }, { ...RULES, ...rules });

describe('a person of claims', () => {
  it('has a normal address and the first role', () => {
    expect(personOf({})).toEqual({
      subject: 'ada-1',
      email: 'ada@baton.example',
      vouched: true,
      name: 'Ada',
      role: 'seller',
    });
    expect(personOf({ groups: ['sales', 'admins'] })).toMatchObject({ role: 'admin' });
    expect(personOf({ groups: 'sales' })).toMatchObject({ role: 'seller' });
  });

  it.each([[['Sales', 'sales ', 'sale']], [[]], [undefined], [{ sales: true }], [7]])(
    'has no role by the groups %j',
    (groups) => {
      expect(personOf({ groups })).toMatchObject({ role: undefined });
    },
  );

  it.each([
    ['Grace\u202e\u0000 <b>Hopper</b>\n', 'Grace <b>Hopper</b>'],
    ['x'.repeat(5_000), 'x'.repeat(256)],
    ['𝒳'.repeat(300), '𝒳'.repeat(256)],
    [' \u200b ', 'ada'],
    [undefined, 'ada'],
    [{}, 'ada'],
  ])('has one bounded line of the name %j', (name, shown) => {
    expect(personOf({ name })).toMatchObject({ name: shown });
  });

  it.each([
    '',
    'no address',
    'a@b@c',
    '<a@b.example>',
    'a@b.example\n',
    `${'a'.repeat(320)}@b`,
    7,
    undefined,
  ])('is refused for the address %j', (email) => {
    // Space around it is removed, as people paste it.
    expect(personOf({ email })).toEqual(email === 'a@b.example\n' ? expect.any(Object) : 'email');
  });

  it.each(['', 7, undefined, 'x'.repeat(256)])('is refused for the subject %j', (sub) => {
    expect(personOf({ sub })).toBe('invalid');
  });

  it.each<[unknown, 'required' | 'assumed', boolean | 'email']>([
    [true, 'required', true],
    [true, 'assumed', true],
    [undefined, 'required', 'email'],
    [undefined, 'assumed', false],
    [false, 'assumed', 'email'],
    ['true', 'assumed', 'email'],
    [1, 'required', 'email'],
  ])('with email_verified %j, where it is %s, is vouched for: %s', (verified, emailVerified, vouched) => {
    const person = personOf({ email_verified: verified }, { emailVerified });
    expect(typeof person === 'string' ? person : person.vouched).toBe(vouched);
  });
});
