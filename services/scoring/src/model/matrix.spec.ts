import { describe, expect, it } from '@jest/globals';
import { cellOf } from './matrix.js';

const matrix = { fit: { A: 30, B: 20, C: 10 }, engagement: { 1: 40, 2: 25, 3: 10 } };

describe('the cell of a lead', () => {
  it.each([
    [30, 40, 'A1'],
    [29.99, 40, 'B1'],
    [30, 39.99, 'A2'],
    [20, 25, 'B2'],
    [10, 10, 'C3'],
    [9.99, 9.99, 'D4'],
    [-50, 100, 'D1'],
    [100, -20, 'A4'],
  ])('with %d points of fit and %d of engagement is %s', (fit, engagement, cell) => {
    expect(cellOf(matrix, { fit, engagement })).toEqual({
      cell,
      fitGrade: cell[0],
      band: Number(cell[1]),
    });
  });
});
