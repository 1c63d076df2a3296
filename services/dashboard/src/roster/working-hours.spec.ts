import { describe, expect, it } from '@jest/globals';
import {
  hoursFrom,
  hoursInWords,
  shiftsIn,
  textsOf,
  type Shift,
  type WorkingHours,
} from './working-hours.js';

const hours = (of: Record<string, Shift[]>): WorkingHours => of;
const nine: Shift[] = [['09:00', '17:00']];

describe('working hours in words', () => {
  it('name days with the same hours together', () => {
    const week = { mon: nine, tue: nine, wed: nine, thu: nine, fri: [['09:00', '13:00']] as Shift[] };
    expect(hoursInWords(hours(week))).toBe('Mon–Thu 09:00–17:00; Fri 09:00–13:00');
  });

  it('keep days apart that a day off divides', () => {
    expect(hoursInWords(hours({ mon: nine, wed: nine }))).toBe('Mon 09:00–17:00; Wed 09:00–17:00');
  });

  it('have breaks and nights', () => {
    const night: Shift[] = [
      ['09:00', '12:30'],
      ['22:00', '06:00'],
    ];
    expect(hoursInWords(hours({ sun: night }))).toBe('Sun 09:00–12:30, 22:00–06:00');
  });

  it('say that there are none', () => expect(hoursInWords(hours({}))).toBe('No working hours'));
});

describe('hours that people type', () => {
  it.each<[string, Shift[] | undefined]>([
    ['', []],
    ['9-17', nine],
    ['09:00–17:00', nine],
    ['9 to 17', nine],
    [
      '9-12:30, 13.30 - 17',
      [
        ['09:00', '12:30'],
        ['13:30', '17:00'],
      ],
    ],
    ['22-6', [['22:00', '06:00']]],
    ['0-24', [['00:00', '24:00']]],
    ['9', undefined],
    ['9-9', undefined],
    ['9-25', undefined],
    ['24-9', undefined],
    ['all day', undefined],
    ['9-12,', undefined],
  ])('%j', (text, shifts) => expect(shiftsIn(text)).toEqual(shifts));

  it('are read back as they were shown, without the days off', () => {
    const week = hours({ mon: nine, sun: [['22:00', '06:00']] });
    expect(hoursFrom(textsOf(week))).toEqual(week);
    expect(hoursFrom({ ...textsOf(week), tue: 'noon' })).toBeUndefined();
  });
});
