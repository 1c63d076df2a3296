import { describe, expect, it } from '@jest/globals';
import { actionText, changesText, resultText } from './action-text.js';

describe('an audit entry', () => {
  it('says its action in words, or as it is', () => {
    expect(actionText('GET /api/leads/{id}')).toBe('Opened a lead');
    expect(actionText('PATCH /api/new/{id}')).toBe('PATCH /api/new/{id}');
  });

  it.each([
    [200, undefined],
    [303, undefined],
    [401, 'refused: not logged in, or a wrong password'],
    [403, 'refused: not allowed'],
    [409, 'refused (409)'],
    [503, 'failed (503)'],
  ])('with status %d is %j', (status, text) => {
    expect(resultText(status)).toBe(text);
  });

  it.each<[object | null, string[]]>([
    [null, []],
    [{ role: { from: 'seller', to: 'manager' } }, ['role: seller → manager']],
    [{ role: { from: null, to: 'seller' } }, ['role: seller']],
    [{ calendarId: { from: 'c1', to: null } }, ['calendarId: c1 → none']],
    [
      { kinds: { from: ['page'], to: ['page', 'track'] }, weight: { from: 1, to: 3 } },
      ['kinds: page → page, track', 'weight: 1 → 3'],
    ],
    [{ origins: { from: ['https://a.example'], to: [] } }, ['origins: https://a.example → none']],
    [{ '/rules/0': { from: { points: 5 }, to: { points: 8 } } }, ['/rules/0: {"points":5} → {"points":8}']],
  ])('says of the changes %j: %j', (changes, lines) => {
    expect(changesText(changes)).toEqual(lines);
  });
});
