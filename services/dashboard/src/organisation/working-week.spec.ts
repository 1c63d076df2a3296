import { describe, expect, it } from '@jest/globals';
import { faultIn, hoursOf, timeIn, withHours, WORKING_DAYS } from './working-week.js';

describe('a time that people type', () => {
  it.each([
    ['9', '09:00'],
    ['09', '09:00'],
    ['9:30', '09:30'],
    ['17.15', '17:15'],
    [' 24:00 ', '24:00'],
    ['noon', 'noon'],
    ['9:3', '9:3'],
    ['', ''],
  ])('%j is %j', (text, time) => {
    expect(timeIn(text)).toBe(time);
  });
});

describe('the hours of a day', () => {
  it.each<[string, [string, string][], string | undefined]>([
    ['none', [], undefined],
    ['until midnight', [['20:00', '24:00']], undefined],
    [
      'one after the other',
      [
        ['08:00', '12:00'],
        ['12:00', '17:00'],
      ],
      undefined,
    ],
    [
      'in any order',
      [
        ['13:00', '17:00'],
        ['08:00', '12:00'],
      ],
      undefined,
    ],
    ['no time', [['noon', '17:00']], 'Write the beginning as 09:00.'],
    ['from midnight at the end of the day', [['24:00', '24:00']], 'Write the beginning as 09:00.'],
    ['past midnight', [['20:00', '25:00']], 'Write the end as 17:00; midnight is 24:00.'],
    ['of no length', [['09:00', '09:00']], 'The end must be later than the beginning.'],
    [
      'that overlap',
      [
        ['08:00', '12:00'],
        ['11:59', '17:00'],
      ],
      'Hours overlap.',
    ],
  ])('%s', (_, hours, fault) => {
    expect(faultIn(hours.map(([from, to]) => ({ from, to })))).toBe(fault);
  });

  it('are changed without the other days, in the order of days', () => {
    const saturday = { day: 'saturday' as const, from: '10:00', to: '12:00' };
    const week = withHours(withHours(WORKING_DAYS, 'saturday', [saturday]), 'monday', []);
    expect(hoursOf(week, 'monday')).toEqual([]);
    expect(hoursOf(week, 'saturday')).toEqual([saturday]);
    const monday = hoursOf(WORKING_DAYS, 'monday');
    expect(withHours(week, 'monday', monday)).toEqual([...WORKING_DAYS, saturday]);
  });
});
