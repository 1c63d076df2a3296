import { describe, expect, it } from '@jest/globals';
import { afterActivity, afterVerdict, mayWake, NEVER_RECYCLED, type SalesStatus } from './sales-status.js';
import { returned } from './sales-status.example.js';

const DAY = 86_400_000;
const at = 1_000 * DAY;
const sales = (salesStatus: SalesStatus) => ({ salesStatus, recycling: NEVER_RECYCLED });
const visit = (days: number, asks = false) => ({ at: at + days * DAY, asks });

describe('the sales status', () => {
  it('collects the verdicts, each once', () => {
    expect(afterVerdict(afterVerdict(afterVerdict(null, 'accepted'), 'qualified'), 'accepted')).toEqual({
      state: 'working',
      verdicts: ['accepted', 'qualified'],
    });
  });

  it('starts again when a recycled lead is accepted', () => {
    expect(afterVerdict(returned('recycled', at), 'accepted')).toEqual({
      state: 'working',
      verdicts: ['accepted'],
    });
  });
});

describe('a recycled lead', () => {
  const resting = sales(returned('recycled', at, at + 7 * DAY));
  const nurtured = sales(returned('recycled', at, null));

  it('does not come back during its rest by an activity that asks for nothing', () => {
    expect(mayWake(resting.salesStatus, at + 6 * DAY)).toBe(false);
    expect(afterActivity(resting, visit(6), at + 6 * DAY)).toBe(resting);
  });

  it.each([
    ['during its rest', resting, 1],
    ['after its rest', resting, 9],
    ['without a wake date', nurtured, 500],
  ])('comes back at once when it asks again: %s', (_when, before, days) => {
    const after = afterActivity(before, visit(days, true), at + days * DAY);
    expect(after.salesStatus).toBeNull();
    expect(after.recycling.back).toEqual({ why: 'asked-again', at: at + days * DAY });
  });

  it('did not ask again by what it did before the rejection, however late that arrives', () => {
    expect(afterActivity(resting, visit(-1, true), at + 2 * DAY)).toBe(resting);
    expect(afterActivity(resting, visit(-1), at + 8 * DAY)).toBe(resting);
  });

  it('comes back with the first activity after its rest', () => {
    const after = afterActivity(resting, visit(8), at + 8 * DAY);
    expect(after).toMatchObject({ salesStatus: null, recycling: { back: { why: 'rest-ended' } } });
  });

  it('without a wake date never comes back by time', () => {
    expect(afterActivity(nurtured, visit(9_000), at + 9_000 * DAY)).toBe(nurtured);
  });
});

it('a disqualified lead does not come back, whatever it does', () => {
  const never = sales(returned('disqualified', at));
  expect(afterActivity(never, visit(9_999, true), at + 9_999 * DAY)).toBe(never);
});
