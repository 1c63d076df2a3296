import { describe, expect, it } from '@jest/globals';
import { activityIdOf, emailOf, personKeyOf, identifyingId } from './identity.js';
import { requestContext } from './request-context.example.js';

const { digest } = requestContext();

describe('an activity id', () => {
  it('is the same for the same message of the same source, and only for it', () => {
    const id = activityIdOf(digest, 'website', 'm-1');
    expect(activityIdOf(digest, 'website', 'm-1')).toBe(id);
    expect(activityIdOf(digest, 'website', 'm-2')).not.toBe(id);
    expect(activityIdOf(digest, 'shop', 'm-1')).not.toBe(id);
  });

  it('never changes: messages sent before an update are recognised after it', () => {
    expect(activityIdOf(digest, 'website', 'ajs-next-1')).toBe('903588a0-4d67-8e57-9279-4e64a70f0bc9');
  });
});

describe('a person key', () => {
  it('is derived from the most lasting identifier', () => {
    const [anonymous, user, email] = ['a', 'u', 'e@x.example'].map((id) => digest(id).slice(0, 32));
    expect(personKeyOf(digest, { anonymousId: 'a', userId: 'u', email: 'e@x.example' })).toBe(anonymous);
    expect(personKeyOf(digest, { userId: 'u', email: 'e@x.example' })).toBe(user);
    expect(personKeyOf(digest, { email: 'e@x.example' })).toBe(email);
    expect(personKeyOf(digest, { email: 'e@x.example', crmId: 'crm:1', phone: '+442071838750' })).toBe(email);
    expect(personKeyOf(digest, { phone: '+442071838750' })).toHaveLength(32);
    expect(personKeyOf(digest, {})).toBeUndefined();
  });
});

describe('an identifier', () => {
  it.each([
    [' Ada@Engines.Example ', 'ada@engines.example'],
    ['ada+tag@sub.engines.example', 'ada+tag@sub.engines.example'],
    ['ada@engines', undefined],
    ['ada', undefined],
    ['a@b@c.example', undefined],
    ['<script>@x.example', undefined],
    [`${'a'.repeat(320)}@x.example`, undefined],
    [5, undefined],
  ])('%p is the address %p', (value, address) => {
    expect(emailOf(value)).toBe(address);
  });

  it('is not a placeholder', () => {
    expect(['null', 'undefined', 'NaN', 'Anonymous', '[object Object]', 'u-1'].map(identifyingId)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      'u-1',
    ]);
  });
});
