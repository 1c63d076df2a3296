import { describe, expect, it } from '@jest/globals';
import { sourceStateOf } from './source-state.js';

const NOW = Date.parse('2026-01-05T09:00:00.000Z');
const ago = (ms: number): string => new Date(NOW - ms).toISOString();
const HOUR = 3_600_000;

describe('the state of a source', () => {
  it.each([
    [{ heldEvents: 0, requests: 0, lastEventAt: null }, 'empty', 'Never received anything'],
    [{ heldEvents: 0, requests: 3, lastEventAt: null }, 'empty', 'Nothing accepted yet'],
    [{ heldEvents: 0, requests: 3, lastEventAt: ago(0) }, 'receiving', 'Receiving'],
    [{ heldEvents: 0, requests: 3, lastEventAt: ago(24 * HOUR - 1) }, 'receiving', 'Receiving'],
    // The server's clock may be ahead of the one of the page.
    [{ heldEvents: 0, requests: 3, lastEventAt: ago(-HOUR) }, 'receiving', 'Receiving'],
    [{ heldEvents: 0, requests: 0, lastEventAt: ago(24 * HOUR) }, 'silent', 'Silent since yesterday'],
    [{ heldEvents: 0, requests: 0, lastEventAt: ago(24 * 24 * HOUR) }, 'silent', 'Silent since 3 weeks ago'],
    [{ heldEvents: 1200, requests: 9, lastEventAt: ago(0) }, 'over-quota', 'Over its quota, 1,200 held'],
    [{ heldEvents: 1, requests: 0, lastEventAt: null }, 'over-quota', 'Over its quota, 1 held'],
  ])('of %j', (activity, state, text) => {
    expect(sourceStateOf(activity, NOW)).toEqual({ state, text });
  });
});
