import { maxPointsOf } from './max-points.js';
import type { Axis, FitGrade, Matrix, ScoringModel } from './scoring-model.js';

/** Engagement bands; 1 is best. */
export type Band = 1 | 2 | 3 | 4;

/** A lead's place in the matrix of a model; `cell` is both, such as `A1`. */
export interface Cell {
  readonly fitGrade: FitGrade;
  readonly band: Band;
  readonly cell: `${FitGrade}${Band}`;
}

/** The cell of a lead with these points of fit and engagement. */
export const cellOf = (
  { fit, engagement }: Matrix,
  points: { readonly fit: number; readonly engagement: number },
): Cell => {
  const fitGrade = points.fit >= fit.A ? 'A' : points.fit >= fit.B ? 'B' : points.fit >= fit.C ? 'C' : 'D';
  const band =
    points.engagement >= engagement[1]
      ? 1
      : points.engagement >= engagement[2]
        ? 2
        : points.engagement >= engagement[3]
          ? 3
          : 4;
  return { fitGrade, band, cell: `${fitGrade}${band}` };
};

/** The matrix of a model that names none: the points each axis can give, cut into quarters. */
export const quarters = (model: ScoringModel): Matrix => {
  const [fit, engagement] = (['fit', 'engagement'] as const).map((axis: Axis) => maxPointsOf(model, axis));
  return {
    fit: { A: fit! * 0.75, B: fit! * 0.5, C: fit! * 0.25 },
    engagement: { 1: engagement! * 0.75, 2: engagement! * 0.5, 3: engagement! * 0.25 },
  };
};
