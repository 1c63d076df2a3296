import { describe, expect, it } from '@jest/globals';
import type { Seller } from '../api/shapes.js';
import {
  EMPTY_FORM,
  faultsOf,
  isComplete,
  leavesSales,
  sellerChange,
  sellerFieldsOf,
} from './person-form.js';

const SELLER: Seller = {
  id: 'a',
  userId: 'a',
  name: 'Ada',
  team: 'North',
  weight: 2,
  available: true,
  maxOpen: 3,
  maxPerDay: null,
  calendarId: null,
  absences: [{ from: '2026-12-21T00:00:00.000Z', until: '2027-01-04T00:00:00.000Z' }],
  skills: [],
  languages: [],
  territories: [],
};
const form = { ...EMPTY_FORM, name: 'Ada', ...sellerFieldsOf(SELLER) };

describe('the seller of a person', () => {
  it('is not touched when nothing of it changes', () => {
    expect(sellerChange(form, SELLER)).toBeUndefined();
    expect(sellerChange({ ...form, role: 'viewer' }, undefined)).toBeUndefined();
    expect(sellerChange({ ...form, getsLeads: false }, undefined)).toBeUndefined();
  });

  it.each([
    [{ name: ' Ada King ' }, { name: 'Ada King' }],
    [{ name: '\u202eadA' }, { name: 'adA' }],
    [{ name: '\u202e' }, { name: 'Seller' }],
    [{ team: 'Sales' }, { team: 'Sales' }],
    [{ weight: '0,5' }, { weight: 0.5 }],
    [{ maxOpen: '' }, { maxOpen: null }],
    [{ maxPerDay: ' 7 ' }, { maxPerDay: 7 }],
    [{ getsLeads: false }, { available: false }],
    [{ role: 'marketing' as const }, { available: false }],
    [
      { role: 'manager' as const, weight: '3' },
      { weight: 3, available: true },
    ],
  ])('%j changes %j and keeps the rest', (change, expected) => {
    const { id: _, userId: __, ...settings } = SELLER;
    expect(sellerChange({ ...form, ...change }, SELLER)).toEqual({ ...settings, ...expected });
  });

  it('is made for a seller or a manager who gets leads', () => {
    const settings = {
      name: 'Ada',
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
    };
    expect(sellerChange({ ...EMPTY_FORM, name: 'Ada' }, undefined)).toEqual(settings);
    expect(sellerChange({ ...EMPTY_FORM, name: 'Ada', role: 'manager' }, undefined)).toEqual(settings);
  });

  it('leaves sales with a role that decides on no leads', () => {
    expect(leavesSales({ ...form, role: 'viewer' }, SELLER)).toBe(true);
    expect(leavesSales({ ...form, role: 'manager' }, SELLER)).toBe(false);
    expect(leavesSales({ ...form, role: 'viewer' }, undefined)).toBe(false);
  });
});

describe('the numbers of a seller', () => {
  it.each([
    ['weight', '0'],
    ['weight', ''],
    ['weight', '101'],
    ['weight', '1e2'],
    ['weight', '-1'],
    ['maxOpen', '0'],
    ['maxOpen', '1.5'],
    ['maxOpen', '100001'],
    ['maxPerDay', 'many'],
  ] as const)('%s is refused as %j', (field, text) => {
    const typed = { ...form, [field]: text };
    expect(Object.keys(faultsOf(typed))).toEqual([field]);
    expect(isComplete(typed)).toBe(false);
    expect(isComplete({ ...typed, role: 'viewer' })).toBe(true);
  });

  it('are complete with a name', () => {
    expect(faultsOf(EMPTY_FORM)).toEqual({});
    expect([isComplete(EMPTY_FORM), isComplete(form)]).toEqual([false, true]);
  });
});
