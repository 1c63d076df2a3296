import { describe, expect, it } from '@jest/globals';
import { periodOf } from './period.js';

const now = new Date('2026-11-22T23:30:00.000Z');

describe('a period', () => {
  it('is the last 30 days unless told', () => {
    expect(periodOf({}, now)).toMatchObject({ from: '2026-10-24', to: '2026-11-22' });
    expect(periodOf({ to: '2026-03-01' }, now)).toMatchObject({ from: '2026-01-31', to: '2026-03-01' });
  });

  it('is of whole days, UTC unless told, whatever offset it is asked with', () => {
    const asked = { from: '2026-11-01T23:30:00-05:00', to: '2026-11-22T00:30:00+02:00' };
    expect(periodOf(asked, now)).toMatchObject({ from: '2026-11-02', to: '2026-11-21' });
  });

  it('begins with the first day that PostgreSQL has', () => {
    expect(periodOf({ to: '0001-01-05' }, now)).toMatchObject({ from: '0001-01-01', to: '0001-01-05' });
    expect(periodOf({ from: '2024-02-29', to: '2024-03-01' }, now).from).toBe('2024-02-29');
  });

  it('may be one day', () => {
    expect(periodOf({ from: '2026-02-28', to: '2026-02-28' }, now)).toMatchObject({
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
    [{ from: '2026-02-29' }, '/from'],
    [{ from: '2026-02-30T10:00:00Z' }, '/from'],
    [{ from: '0000-01-01', to: '0000-01-05' }, '/to'],
    [{ to: '0001-01-01T00:30:00+14:00' }, '/to'],
    [{ to: '9999-12-31T23:30:00-14:00' }, '/to'],
    [{ to: '2026-11-22T25:00:00Z' }, '/to'],
    [{ to: '+275760-09-13' }, '/to'],
  ])('%j is refused at %s', (asked, pointer) => {
    expect(() => periodOf(asked, now)).toThrow(expect.objectContaining({ pointer }));
  });
});
