import { describe, expect, it } from '@jest/globals';
import { partsOf, percentOf, stepsOf } from './conversion.js';

describe('conversion', () => {
  const stages = [
    { key: 'visitor', label: 'Visitor' },
    { key: 'lead', label: 'Lead' },
    { key: 'mql', label: 'MQL' },
  ];

  it('is from the stage before, with numerator and denominator', () => {
    expect(stepsOf(stages, { visitor: 400, lead: 100, mql: 25 })).toEqual([
      { key: 'visitor', label: 'Visitor', count: 400, width: 1 },
      {
        key: 'lead',
        label: 'Lead',
        count: 100,
        width: 0.25,
        conversion: { numerator: 100, denominator: 400 },
      },
      { key: 'mql', label: 'MQL', count: 25, width: 0.0625, conversion: { numerator: 25, denominator: 100 } },
    ]);
  });

  it('of an empty funnel is nothing, not zero', () => {
    const steps = stepsOf(stages, {});
    expect(steps.map(({ count, width }) => [count, width])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(percentOf({ numerator: 0, denominator: 0 })).toBe('–');
  });

  it('is shown with its parts; small shares keep a decimal', () => {
    expect(percentOf({ numerator: 128, denominator: 312 })).toBe('41%');
    expect(percentOf({ numerator: 3, denominator: 1000 })).toBe('0.3%');
    expect(partsOf({ numerator: 128, denominator: 1312 })).toBe('128 of 1,312');
  });
});
