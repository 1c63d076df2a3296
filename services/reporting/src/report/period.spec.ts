import { describe, expect, it } from '@jest/globals';
import { periodOf } from './period.js';

const now = new Date('2026-11-22T23:30:00.000Z');

describe('a period', () => {
  it('is the last 30 days unless told', () => {
    expect(periodOf({}, now)).toEqual({ from: '2026-10-24', to: '2026-11-22' });
    expect(periodOf({ to: '2026-03-01' }, now)).toEqual({ from: '2026-01-31', to: '2026-03-01' });
  });

  it('is of whole UTC days, whatever zone it is asked in', () => {
    const asked = { from: '2026-11-01T23:30:00-05:00', to: '2026-11-22T00:30:00+02:00' };
    expect(periodOf(asked, now)).toEqual({ from: '2026-11-02', to: '2026-11-21' });
  });

  it('may be one day', () => {
    expect(periodOf({ from: '2026-02-28', to: '2026-02-28' }, now)).toEqual({
      from: '2026-02-28',
      to: '2026-02-28',
    });
  });

  it.each([
    [{ from: 'yesterday' }, '/from'],
    [{ from: '2026-02-30' }, '/from'],
    [{ from: '' }, '/from'],
    [{ to: '2026-11-22T10:00:00' }, '/to'],
    [{ to: '5' }, '/to'],
    [{ from: '2026-11-23' }, '/from'],
    [{ from: '2026-11-02', to: '2026-11-01' }, '/from'],
    [{ from: '1999-01-01' }, '/from'],
  ])('%j is refused at %s', (asked, pointer) => {
    expect(() => periodOf(asked, now)).toThrow(expect.objectContaining({ pointer }));
  });
});
