import { allotted } from './allotment.js';
import { markovShares } from './markov.js';
import { CONVERSION_UNITS, mergedPaths, VALUE_UNITS, type MergedPaths } from './merged-paths.js';
import { weightsOf } from './position-weights.js';
import type { AttributionRequest, Credit, Model, Options } from './request.js';
import { shapleyShares } from './shapley.js';
import { sharesOf, type Shares } from './shares.js';
import { finished, type Steps } from './steps.js';

/**
 * Credits of all keys that occur, most conversions first, then by key. Their sums are those of the paths exactly, in units of 0.000001
 * conversions and 0.001 value. They depend neither on the order of the paths nor on how journeys are divided into rows.
 * The request must be valid: `requestViolations`.
 * @throws AttributionRefused when a Markov chain is too large
 */
export function* evaluationSteps({ model, options = {}, paths }: AttributionRequest): Steps<Credit[]> {
  const merged = yield* mergedPaths(paths);
  const shares = yield* sharesBy(model, options, merged);
  const conversions = allotted(shares.conversions, totalOf(merged, 'conversions'));
  const value = allotted(shares.value, totalOf(merged, 'value'));
  return merged.keys
    .map((key, index) => ({
      key,
      conversions: conversions[index]! / CONVERSION_UNITS,
      ...(merged.hasValue && { value: value[index]! / VALUE_UNITS }),
    }))
    .sort((a, b) => b.conversions - a.conversions || (a.key < b.key ? -1 : 1));
}

/** The same at once. */
export const evaluate = (request: AttributionRequest): Credit[] => finished(evaluationSteps(request));

const sharesBy = (model: Model, options: Options, merged: MergedPaths): Steps<Shares> => {
  if (model === 'markov') return markovShares(merged, options.order);
  if (model === 'shapley') return shapleyShares(merged);
  const weights = weightsOf(model, options, merged.keys);
  return sharesOf(merged, (path, give) =>
    weights(path).forEach((weight, position) => give(path.touches[position]!, weight)),
  );
};

const totalOf = ({ paths }: MergedPaths, of: 'conversions' | 'value'): number =>
  paths.reduce((sum, path) => sum + path[of], 0);
