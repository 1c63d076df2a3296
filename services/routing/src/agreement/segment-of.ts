import { compile } from '@baton/conditions';
import type { RoutingFacts } from '../rules/routing-rules.js';
import type { Agreement, Segment } from './agreement.js';

/** The segment of a lead; undefined when nothing is promised about it. */
export type SegmentOf = (facts: RoutingFacts) => Segment | undefined;

/** Compiles a signed agreement; the result never throws. */
export const compileAgreement = ({ segments }: Agreement): SegmentOf => {
  const compiled = segments.map((segment) => ({
    segment,
    holds: segment.when ? compile(segment.when) : () => true,
  }));
  return (facts) => compiled.find(({ holds }) => holds(facts))?.segment;
};
