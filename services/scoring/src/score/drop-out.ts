import type { CompiledRule } from '../model/compiled-model.js';

/** Points below this are said to have dropped out. */
const LEAST_POINTS = 0.5;

/**
 * When what is left of one match falls below half a point (ms since 1970), t + T½·log₂(|p| / ½); null for points that do not
 * decay or are below it from the start.
 */
export const dropsOutAt = ({ points, halfLife }: CompiledRule, at: number): number | null =>
  halfLife === undefined || Math.abs(points) < LEAST_POINTS
    ? null
    : Math.ceil(at + halfLife * Math.log2(Math.abs(points) / LEAST_POINTS));
