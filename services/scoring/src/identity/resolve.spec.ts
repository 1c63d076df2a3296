import { describe, expect, it } from '@jest/globals';
import type { Identifiers } from '@baton/contracts';
import { keyOf, activityIdentifiersOf, type Identifier } from './identifier.js';
import { resolve, type IdentifierOwner } from './resolve.js';

const ada: IdentifierOwner = { id: 'ada', hasEmail: true, hasUser: true };
const bob: IdentifierOwner = { id: 'bob', hasEmail: true, hasUser: false };
const u7: IdentifierOwner = { id: 'u7', hasEmail: false, hasUser: true };
const visitor: IdentifierOwner = { id: 'visitor', hasEmail: false, hasUser: false };
const other: IdentifierOwner = { id: 'other', hasEmail: false, hasUser: false };

const resolved = (sent: Identifiers, known: Record<string, IdentifierOwner> = {}) =>
  resolve(activityIdentifiersOf(sent), (identifier: Identifier) => known[keyOf(identifier)]);

const email = (value: string): Identifier => ({ kind: 'email', value });
const user = (value: string): Identifier => ({ kind: 'user', value });
const anonymous = (value: string): Identifier => ({ kind: 'anonymous', value });

describe('the lead of an activity', () => {
  it('is new, with all identifiers, when none is known', () => {
    expect(resolved({ email: 'ada@e.example', userId: 'u-1', anonymousId: '4d1c' })).toEqual({
      kind: 'new',
      claims: [email('ada@e.example'), user('u-1'), anonymous('4d1c')],
    });
  });

  it('is none without identifiers', () => {
    expect(resolved({ anonymousId: 'undefined' })).toEqual({ kind: 'unidentified' });
  });

  it('is decided by e-mail, then user id, then anonymous id', () => {
    const known = { 'email:ada@e.example': ada, 'user:u-2': bob, 'anonymous:4d1c': visitor };
    const all = { email: 'ada@e.example', userId: 'u-2', anonymousId: '4d1c' };
    expect(resolved(all, known)).toMatchObject({ leadId: 'ada' });
    expect(resolved({ userId: 'u-2', anonymousId: '4d1c' }, known)).toMatchObject({ leadId: 'bob' });
    expect(resolved({ anonymousId: '4d1c' }, known)).toMatchObject({ leadId: 'visitor' });
  });

  it('claims unknown identifiers', () => {
    expect(
      resolved({ email: 'ada@e.example', userId: 'u-9', anonymousId: 'new' }, { 'email:ada@e.example': ada }),
    ).toEqual({
      kind: 'existing',
      leadId: 'ada',
      claims: [user('u-9'), anonymous('new')],
      absorbed: [],
    });
    expect(resolved({ email: 'second@e.example', userId: 'u-1' }, { 'user:u-1': ada })).toMatchObject({
      leadId: 'ada',
      claims: [email('second@e.example')],
    });
  });

  it('is the visitor of the device when the names are new', () => {
    expect(resolved({ email: 'ada@e.example', anonymousId: '4d1c' }, { 'anonymous:4d1c': visitor })).toEqual({
      kind: 'existing',
      leadId: 'visitor',
      claims: [email('ada@e.example')],
      absorbed: [],
    });
    expect(resolved({ email: 'ada@e.example', anonymousId: '4d1c' }, { 'anonymous:4d1c': u7 })).toMatchObject(
      {
        leadId: 'u7',
      },
    );
  });

  it('is a new lead when the device belongs to a lead with another address', () => {
    expect(resolved({ email: 'eve@e.example', anonymousId: '4d1c' }, { 'anonymous:4d1c': bob })).toEqual({
      kind: 'new',
      claims: [email('eve@e.example')],
    });
    expect(resolved({ userId: 'u-8', anonymousId: '4d1c' }, { 'anonymous:4d1c': u7 })).toEqual({
      kind: 'new',
      claims: [user('u-8')],
    });
  });

  it('absorbs the unnamed visitor of the device', () => {
    const known = { 'email:ada@e.example': ada, 'anonymous:4d1c': visitor };
    expect(resolved({ email: 'ada@e.example', anonymousId: '4d1c' }, known)).toMatchObject({
      leadId: 'ada',
      claims: [],
      absorbed: ['visitor'],
    });
    expect(
      resolved({ email: 'ada@e.example', anonymousId: '4d1c' }, { ...known, 'anonymous:4d1c': bob }),
    ).toMatchObject({
      absorbed: [],
    });
  });
});

describe('an alias', () => {
  it('names the visitor of the device', () => {
    expect(resolved({ userId: 'u-7', previousId: '4d1c' }, { 'anonymous:4d1c': visitor })).toEqual({
      kind: 'existing',
      leadId: 'visitor',
      claims: [user('u-7')],
      absorbed: [],
    });
  });

  it('replaces one user id by another', () => {
    expect(resolved({ userId: 'u-8', previousId: 'u-7' }, { 'user:u-7': u7 })).toMatchObject({
      leadId: 'u7',
      claims: [user('u-8')],
    });
  });

  it('absorbs unnamed leads of the previous id and of the device', () => {
    const known = { 'user:u-7': u7, 'anonymous:4d1c': visitor, 'anonymous:tab': other };
    expect(resolved({ userId: 'u-7', previousId: '4d1c', anonymousId: 'tab' }, known)).toMatchObject({
      leadId: 'u7',
      claims: [],
      absorbed: ['visitor', 'other'],
    });
  });

  it('of two unknown ids creates a lead with both, each once', () => {
    expect(resolved({ userId: 'u-7', previousId: '4d1c', anonymousId: '4d1c' })).toEqual({
      kind: 'new',
      claims: [user('u-7'), anonymous('4d1c')],
    });
    expect(resolved({ userId: 'u-7', previousId: '4d1c' })).toMatchObject({
      claims: [user('u-7'), anonymous('4d1c')],
    });
  });

  it('does not merge two named leads', () => {
    expect(resolved({ userId: 'u-7', previousId: 'u-1' }, { 'user:u-7': u7, 'user:u-1': ada })).toMatchObject(
      {
        leadId: 'u7',
        absorbed: [],
      },
    );
  });
});
