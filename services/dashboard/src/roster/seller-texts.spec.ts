import { describe, expect, it } from '@jest/globals';
import type { Seller } from '../api/shapes.js';
import { fits, rotationOf, usedOf } from './seller-texts.js';

const NOW = Date.parse('2026-12-24T12:00:00Z');
const seller = (change: Partial<Seller> = {}): Seller => ({
  id: '018f2e4c-5a00-7000-8000-00000000abcd',
  userId: '018f2e4c-5a00-7000-8000-00000000abcd',
  name: 'Ann Seller',
  team: 'Sales',
  weight: 1,
  available: true,
  maxOpen: null,
  maxPerDay: null,
  calendarId: null,
  absences: [],
  skills: ['banking'],
  languages: ['de-AT'],
  territories: ['DACH'],
  ...change,
});
const load = (obstacle: string | null) => ({
  id: seller().id,
  open: 2,
  today: 3,
  restingSince: null,
  obstacle,
});
const away = [{ from: '2026-12-24T00:00:00Z', until: '2026-12-27T00:00:00Z' }];

describe('rotation', () => {
  it.each([
    ['in rotation', seller(), null, 'In rotation', undefined],
    ['taken out', seller({ available: false }), 'is away', 'Out of rotation', 'Taken out of rotation.'],
    ['away', seller({ absences: away }), 'is away', 'Away', undefined],
    [
      'at a limit',
      seller({ maxOpen: 2 }),
      'has 2 of 2 open',
      'At a limit',
      'Gets no new leads: has 2 of 2 open.',
    ],
    [
      'for another reason',
      seller({ maxOpen: 5 }),
      'is resting',
      'Out of rotation',
      'Gets no new leads: is resting.',
    ],
  ])('%s', (_, who, obstacle, words, why) => {
    expect(rotationOf(who, load(obstacle), NOW)).toMatchObject({ words, ...(why !== undefined && { why }) });
  });

  it('out of it for an offer without an answer', () => {
    const resting = { ...load('did not answer'), restingSince: '2026-12-01T09:00:00.000Z' };
    expect(rotationOf(seller(), resting, NOW)).toMatchObject({ tone: 'warn', words: 'Did not answer' });
    expect(rotationOf(seller({ absences: away }), resting, NOW).words).toBe('Away');
  });
});

describe('capacity', () => {
  it.each([
    [2, 5, '2 of 5 open'],
    [2, null, '2 open, no limit'],
    [undefined, 5, '– of 5 open'],
  ])('%s of %s', (used, limit, text) => expect(usedOf(used, limit, 'open')).toBe(text));
});

describe('the search', () => {
  it.each([
    ['', true],
    ['ann', true],
    ['BANK de', true],
    ['dach sales', true],
    ['ann french', false],
  ])('%j', (text, found) => expect(fits(seller(), text)).toBe(found));
});
