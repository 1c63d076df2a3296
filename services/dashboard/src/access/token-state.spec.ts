import { describe, expect, it } from '@jest/globals';
import { tokenStateOf } from './token-state.js';

const NOW = Date.parse('2026-01-05T09:00:00.000Z');

describe('an API token', () => {
  it.each([
    [null, null, 'Valid', true],
    ['2026-01-12T09:00:00.000Z', null, 'Valid', true],
    ['2026-01-12T08:59:59.999Z', null, 'Ends soon', true],
    ['2026-01-05T09:00:00.001Z', null, 'Ends soon', true],
    ['2026-01-05T09:00:00.000Z', null, 'Ended', false],
    [null, '2026-01-04T09:00:00.000Z', 'Revoked', false],
    ['2026-01-01T09:00:00.000Z', '2025-12-30T09:00:00.000Z', 'Revoked', false],
  ])('until %s, revoked at %s, is %s', (expiresAt, revokedAt, text, isValid) => {
    expect(tokenStateOf({ expiresAt, revokedAt, suspended: false }, NOW)).toMatchObject({ text, isValid });
  });

  it('of somebody who may make none is at rest', () => {
    const token = { expiresAt: null, revokedAt: null, suspended: true };
    expect(tokenStateOf(token, NOW)).toMatchObject({ text: 'At rest', isValid: true });
  });
});
