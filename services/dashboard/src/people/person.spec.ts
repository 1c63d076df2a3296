import { describe, expect, it } from '@jest/globals';
import type { Seller, UserDetails } from '../api/shapes.js';
import { fits, peopleOf, teamNames, teamsOf, withoutLogin, type PeopleFilter } from './person.js';

const user = (id: string, over: Partial<UserDetails> = {}): UserDetails => ({
  id,
  name: `Name ${id}`,
  email: `${id}@baton.example`,
  role: 'seller',
  state: 'active',
  createdAt: '2026-01-05T09:00:00.000Z',
  lastSeenAt: null,
  ...over,
});
const seller = (id: string, over: Partial<Seller> = {}): Seller => ({
  id,
  userId: id,
  name: `Seller ${id}`,
  team: 'Sales',
  weight: 1,
  available: true,
  maxOpen: null,
  maxPerDay: null,
  calendarId: null,
  absences: [],
  skills: [],
  languages: [],
  territories: [],
  ...over,
});

describe('people', () => {
  it('are users with the seller of the same id', () => {
    const people = peopleOf([user('a'), user('b')], [seller('b'), seller('c')]);
    expect(people.map(({ seller: found }) => found?.id)).toEqual([undefined, 'b']);
    expect(withoutLogin([user('a'), user('b')], [seller('b'), seller('c')]).map(({ id }) => id)).toEqual([
      'c',
    ]);
  });

  it.each<[Partial<PeopleFilter>, boolean]>([
    [{}, true],
    [{ text: '  ' }, true],
    [{ text: 'LOVELACE' }, true],
    [{ text: 'lace ada' }, true],
    [{ text: 'ada@' }, true],
    [{ text: 'north' }, true],
    [{ text: 'ada south' }, false],
    [{ text: '.*' }, false],
    [{ state: 'active' }, true],
    [{ state: 'invited' }, false],
    [{ text: 'ada', state: 'disabled' }, false],
  ])('fit %j: %s', (filter, shown) => {
    const person = { user: user('ada', { name: 'Ada Lovelace' }), seller: seller('ada', { team: 'North' }) };
    expect(fits(person, { text: '', state: 'all', ...filter })).toBe(shown);
  });
});

describe('teams', () => {
  it('have their sellers, also one without a login', () => {
    const teams = teamsOf([user('a')], [seller('a'), seller('b', { team: 'North' })]);
    expect(teams.map(({ name, members }) => [name, members.map((member) => member.user?.id)])).toEqual([
      ['North', [undefined]],
      ['Sales', ['a']],
    ]);
  });

  it('always are at least the default one', () => expect(teamNames([])).toEqual(['Sales']));
});
