import { describe, expect, it } from '@jest/globals';
import type { Handoff, HandoffClock, HandoffState } from '../api/shapes.js';
import { currentClockOf, remainingOf, elapsedShareOf, urgencyOf } from './clocks.js';

const START = Date.parse('2026-01-05T09:00:00.000Z');
const HOUR = 3_600_000;
const clock = (over: Partial<HandoffClock> = {}): HandoffClock => ({
  name: 'accept',
  startedAt: '2026-01-05T09:00:00.000Z',
  dueAt: '2026-01-06T09:00:00.000Z',
  state: 'running',
  ...over,
});
const handoff = (state: HandoffState, clocks: HandoffClock[]): Handoff => ({
  id: 'h',
  leadId: 'l',
  state,
  seller: { id: 's', name: 'Sam' },
  offer: 1,
  openedAt: '2026-01-05T09:00:00.000Z',
  escalation: null,
  offeredAt: '2026-01-05T09:00:00.000Z',
  policyId: 'sla-policy-1',
  why: '',
  clocks,
  attemptCount: 0,
  attempts: [],
  decision: null,
  history: [],
});

describe('the clock that counts', () => {
  const accept = clock();
  const touch = clock({ name: 'first-touch', dueAt: '2026-01-07T09:00:00.000Z' });

  it('is acceptance while offered and first touch once accepted', () => {
    expect(currentClockOf(handoff('offered', [accept]))).toBe(accept);
    expect(currentClockOf(handoff('accepted', [{ ...accept, state: 'met' }, touch]))).toBe(touch);
    expect(currentClockOf(handoff('rejected', [{ ...accept, state: 'met' }]))).toBeUndefined();
  });

  it('is the newest one after a reassignment', () => {
    const fresh = clock({ startedAt: accept.dueAt, dueAt: '2026-01-07T09:00:00.000Z' });
    expect(currentClockOf(handoff('offered', [{ ...accept, state: 'breached' }, fresh]))).toBe(fresh);
  });

  it.each([
    [0, 'calm'],
    [11.9, 'calm'],
    [12, 'soon'],
    [18, 'urgent'],
    [24, 'over'],
    [30, 'over'],
  ])('%s h into 24 h is %s', (hours, urgency) => {
    expect(urgencyOf(accept, START + hours * HOUR)).toBe(urgency);
  });

  it('is over when its time has passed, though nobody has marked it', () => {
    expect(urgencyOf(clock({ state: 'running' }), START + 25 * HOUR)).toBe('over');
    expect(urgencyOf(clock({ state: 'met' }), START + 25 * HOUR)).toBe('done');
  });

  it('says how long is left or how long it is overdue', () => {
    expect(remainingOf(accept, START + 46 * 60_000)).toBe('23 h 14 min left');
    expect(remainingOf(accept, START + 24 * HOUR - 62_000)).toBe('1:02 left');
    expect(remainingOf(accept, START + 50 * HOUR)).toBe('1 d 2 h overdue');
    expect(elapsedShareOf(accept, START - HOUR)).toBe(0);
  });
});
