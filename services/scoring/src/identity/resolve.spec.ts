import { describe, expect, it } from '@jest/globals';
import type { Identifiers } from '@baton/contracts';
import { keyOf, namingOf, type Identifier } from './identifier.js';
import { resolve, type Party } from './resolve.js';

const ada: Party = { id: 'ada', hasEmail: true, hasUser: true };
const bob: Party = { id: 'bob', hasEmail: true, hasUser: false };
const u7: Party = { id: 'u7', hasEmail: false, hasUser: true };
const visitor: Party = { id: 'visitor', hasEmail: false, hasUser: false };
const other: Party = { id: 'other', hasEmail: false, hasUser: false };

const whoIs = (sent: Identifiers, known: Record<string, Party> = {}) =>
  resolve(namingOf(sent), (identifier: Identifier) => known[keyOf(identifier)]);

const email = (value: string): Identifier => ({ kind: 'email', value });
const user = (value: string): Identifier => ({ kind: 'user', value });
const anonymous = (value: string): Identifier => ({ kind: 'anonymous', value });

describe('who an activity belongs to', () => {
  it('is a new lead when nothing is known, with every identifier', () => {
    expect(whoIs({ email: 'ada@e.example', userId: 'u-1', anonymousId: '4d1c' })).toEqual({
      who: 'new',
      links: [email('ada@e.example'), user('u-1'), anonymous('4d1c')],
    });
  });

  it('is nobody when it names nobody', () => {
    expect(whoIs({ anonymousId: 'undefined' })).toEqual({ who: 'nobody' });
  });

  it('is decided by the e-mail before the user id before the anonymous id', () => {
    const known = { 'email:ada@e.example': ada, 'user:u-2': bob, 'anonymous:4d1c': visitor };
    const all = { email: 'ada@e.example', userId: 'u-2', anonymousId: '4d1c' };
    expect(whoIs(all, known)).toMatchObject({ leadId: 'ada' });
    expect(whoIs({ userId: 'u-2', anonymousId: '4d1c' }, known)).toMatchObject({ leadId: 'bob' });
    expect(whoIs({ anonymousId: '4d1c' }, known)).toMatchObject({ leadId: 'visitor' });
  });

  it('links what is new to the lead that is known', () => {
    expect(
      whoIs({ email: 'ada@e.example', userId: 'u-9', anonymousId: 'new' }, { 'email:ada@e.example': ada }),
    ).toEqual({
      who: 'known',
      leadId: 'ada',
      links: [user('u-9'), anonymous('new')],
      followers: [],
    });
    expect(whoIs({ email: 'second@e.example', userId: 'u-1' }, { 'user:u-1': ada })).toMatchObject({
      leadId: 'ada',
      links: [email('second@e.example')],
    });
  });

  it('is the visitor on this device who now tells a name', () => {
    expect(whoIs({ email: 'ada@e.example', anonymousId: '4d1c' }, { 'anonymous:4d1c': visitor })).toEqual({
      who: 'known',
      leadId: 'visitor',
      links: [email('ada@e.example')],
      followers: [],
    });
    expect(whoIs({ email: 'ada@e.example', anonymousId: '4d1c' }, { 'anonymous:4d1c': u7 })).toMatchObject({
      leadId: 'u7',
    });
  });

  it('is somebody else when the device belongs to a lead with another address', () => {
    expect(whoIs({ email: 'eve@e.example', anonymousId: '4d1c' }, { 'anonymous:4d1c': bob })).toEqual({
      who: 'new',
      links: [email('eve@e.example')],
    });
    expect(whoIs({ userId: 'u-8', anonymousId: '4d1c' }, { 'anonymous:4d1c': u7 })).toEqual({
      who: 'new',
      links: [user('u-8')],
    });
  });

  it('lets an anonymous id whose lead has no name follow the named person who uses it', () => {
    const known = { 'email:ada@e.example': ada, 'anonymous:4d1c': visitor };
    expect(whoIs({ email: 'ada@e.example', anonymousId: '4d1c' }, known)).toMatchObject({
      leadId: 'ada',
      links: [],
      followers: ['visitor'],
    });
    expect(
      whoIs({ email: 'ada@e.example', anonymousId: '4d1c' }, { ...known, 'anonymous:4d1c': bob }),
    ).toMatchObject({
      followers: [],
    });
  });
});

describe('an alias', () => {
  it('names the person on the device', () => {
    expect(whoIs({ userId: 'u-7', previousId: '4d1c' }, { 'anonymous:4d1c': visitor })).toEqual({
      who: 'known',
      leadId: 'visitor',
      links: [user('u-7')],
      followers: [],
    });
  });

  it('replaces one user id by another', () => {
    expect(whoIs({ userId: 'u-8', previousId: 'u-7' }, { 'user:u-7': u7 })).toMatchObject({
      leadId: 'u7',
      links: [user('u-8')],
    });
  });

  it('lets the unnamed previous one follow the known user', () => {
    const known = { 'user:u-7': u7, 'anonymous:4d1c': visitor, 'anonymous:tab': other };
    expect(whoIs({ userId: 'u-7', previousId: '4d1c', anonymousId: 'tab' }, known)).toMatchObject({
      leadId: 'u7',
      links: [],
      followers: ['visitor', 'other'],
    });
  });

  it('of two unknown ids begins a lead that has both, each once', () => {
    expect(whoIs({ userId: 'u-7', previousId: '4d1c', anonymousId: '4d1c' })).toEqual({
      who: 'new',
      links: [user('u-7'), anonymous('4d1c')],
    });
    expect(whoIs({ userId: 'u-7', previousId: '4d1c' })).toMatchObject({
      links: [user('u-7'), anonymous('4d1c')],
    });
  });

  it('does not join two named leads', () => {
    expect(whoIs({ userId: 'u-7', previousId: 'u-1' }, { 'user:u-7': u7, 'user:u-1': ada })).toMatchObject({
      leadId: 'u7',
      followers: [],
    });
  });
});
