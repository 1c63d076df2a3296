import { describe, expect, it } from '@jest/globals';
import { actionText, resultText } from './action-text.js';

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
});
