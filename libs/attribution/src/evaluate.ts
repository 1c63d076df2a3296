import { allotted } from './allotment.js';
import { CONVERSION_UNITS, JourneysBuilder, VALUE_UNITS, type Journeys } from './journeys.js';
import { markovShares } from './markov.js';
import { weightsOf } from './position-weights.js';
import type { AttributionRequest, Credit, Model, Options } from './request.js';
import { shapleyShares } from './shapley.js';
import { sharesOf, type Shares } from './shares.js';
import { every, finished, TOUCHES_PER_STEP, type Steps } from './steps.js';

/**
 * Credits of all keys that occur, most conversions first, then by key. Their sums are those of the journeys exactly, in units of 0.000001
 * conversions and 0.001 value. They depend neither on the order of the journeys nor on how these are divided into rows.
 * @throws AttributionRefused when a Markov chain is too large
 */
export function* creditSteps(model: Model, options: Options, journeys: Journeys): Steps<Credit[]> {
  const shares = yield* sharesBy(model, options, journeys);
  const conversions = allotted(shares.conversions, yield* totalOf(journeys, 'conversions'));
  const value = allotted(shares.value, yield* totalOf(journeys, 'value'));
  return journeys.keys
    .map((key, index) => ({
      key,
      conversions: conversions[index]! / CONVERSION_UNITS,
      ...(journeys.hasValue && { value: value[index]! / VALUE_UNITS }),
    }))
    .sort((a, b) => b.conversions - a.conversions || (a.key < b.key ? -1 : 1));
}

/** The same of the paths in a request. It must be valid: `requestViolations`. */
export function* evaluationSteps({ model, options = {}, paths }: AttributionRequest): Steps<Credit[]> {
  const builder = new JourneysBuilder();
  const isDue = every(TOUCHES_PER_STEP);
  for (const path of paths) {
    builder.add(path);
    if (isDue(path.path.length)) yield;
  }
  return yield* creditSteps(model, options, yield* builder.built());
}

/** The same at once. */
export const evaluate = (request: AttributionRequest): Credit[] => finished(evaluationSteps(request));

const sharesBy = (model: Model, options: Options, journeys: Journeys): Steps<Shares> => {
  if (model === 'markov') return markovShares(journeys, options.order);
  if (model === 'shapley') return shapleyShares(journeys);
  const weights = weightsOf(model, options, journeys.keys);
  return sharesOf(journeys, (journey, give) =>
    weights(journey).forEach((weight, position) => weight > 0 && give(journey.touches[position]!, weight)),
  );
};

function* totalOf({ blocks }: Journeys, of: 'conversions' | 'value'): Steps<number> {
  let total = 0;
  for (const block of blocks) {
    for (const journey of block.journeys()) total += journey[of];
    yield;
  }
  return total;
}
