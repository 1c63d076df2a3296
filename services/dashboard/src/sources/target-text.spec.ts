import { describe, expect, it } from '@jest/globals';
import type { FieldUse, ReceivedActivity } from '../api/shapes.js';
import { reasonText, targetChoices, targetText, valueOf } from './target-text.js';

const activity: ReceivedActivity = {
  kind: 'form',
  name: 'ask-us',
  occurredAt: '2026-01-05T09:00:00.000Z',
  identifiers: { email: 'ada@engines.example', userId: 'u-1' },
  traits: { email: 'ada@engines.example', firstName: 'Ada' },
  properties: { shoe_size: '39', newsletter: 'weekly', size: 'L' },
  channel: 'direct',
  bot: false,
};

describe('what a field is taken for', () => {
  it.each([
    ['email', 'E-mail address'],
    ['marketingConsent', 'Agreed to marketing'],
    ['property', 'An answer of its own'],
    ['ignored', 'Ignore it'],
    ['aNewTarget', 'A new target'],
    ['constructor', 'Constructor'],
  ])('%s in words', (target, text) => {
    expect(targetText(target)).toBe(text);
  });

  it('is chosen from every target once', () => {
    const targets = ['email', 'firstName', 'marketingConsent', 'property', 'aNewTarget', 'ignored'];
    const values = targetChoices(targets).flatMap(({ items }) => items.map(({ value }) => value));
    expect(values.toSorted()).toEqual(targets.toSorted());
    expect(targetChoices(targets)[1]?.items.map(({ value }) => value)).toEqual([
      'marketingConsent',
      'property',
      'ignored',
    ]);
  });

  it.each([
    [{ target: 'email', reason: 'value-is-an-address' }, /no other field/],
    [{ target: 'property', reason: 'mapped' }, /mapped/],
    [{ target: 'property' }, /none that Baton knows/],
    [{ target: 'ignored' }, /password/],
    [{ target: 'control' }, /redirect/],
    [{ target: 'company' }, /^By its name$/],
  ] as const)('because of %j', (use, text) => {
    expect(reasonText(use)).toMatch(text);
  });

  it.each<[FieldUse, unknown]>([
    [{ field: 'your-email', target: 'email' }, 'ada@engines.example'],
    [{ field: 'Vorname', target: 'firstName' }, 'Ada'],
    [{ field: 'shoe_size', target: 'property' }, '39'],
    [{ field: 'newsletter', target: 'marketingConsent' }, 'weekly'],
    [{ field: 'fields[size]', target: 'property' }, 'L'],
    [{ field: 'uid', target: 'userId' }, 'u-1'],
    [{ field: 'password', target: 'ignored' }, undefined],
    [{ field: '_gotcha', target: 'control' }, undefined],
    [{ field: 'tel', target: 'phone' }, undefined],
  ])('has a value: %j', (use, value) => {
    expect(valueOf(use, activity)).toBe(value);
    expect(valueOf(use, undefined)).toBeUndefined();
  });
});
