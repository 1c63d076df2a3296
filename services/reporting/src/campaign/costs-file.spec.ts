import { describe, expect, it } from '@jest/globals';
import { costsIn, MAX_LINES } from './costs-file.js';

describe('a file of costs', () => {
  it('has its columns in any order, quoted fields and an optional note', () => {
    const file =
      '\uFEFFday,Amount,campaign\r\n2026-01-05,1200.5,"Spring, ""early"""\r\n\r\n2026-01-06,0,autumn';
    expect(costsIn(file)).toEqual({
      rows: [
        { campaign: 'Spring, "early"', day: '2026-01-05', amount: 1200.5, note: '' },
        { campaign: 'autumn', day: '2026-01-06', amount: 0, note: '' },
      ],
      faults: [],
    });
  });

  it.each([
    ['', 1],
    ['campaign,day\nx,2026-01-05', 1],
    ['campaign,day,amount\nx,2026-02-30,1', 2],
    ['campaign,day,amount\nx,2026-01-05,-1', 2],
    ['campaign,day,amount\nx,2026-01-05,', 2],
    ['campaign,day,amount\nx,2026-01-05,1e99', 2],
    ['campaign,day,amount\nx,2026-01-05,1\n,2026-01-05,1', 3],
    ['campaign,day,amount\nx"y,2026-01-05,1', 2],
  ])('%j is refused at line %i', (file, line) => {
    expect(costsIn(file).faults[0]?.line).toBe(line);
  });

  it('has a limit', () => {
    const file = `campaign,day,amount\n${'x,2026-01-05,1\n'.repeat(MAX_LINES + 1)}`;
    expect(costsIn(file)).toMatchObject({ rows: [], faults: [{ line: MAX_LINES + 2 }] });
  });
});
