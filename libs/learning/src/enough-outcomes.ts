/** Of each kind, in the whole history: below it a model would learn chance. */
export const MIN_OUTCOMES = 40;
/** Of each kind, in the part a model is trained on. */
const MIN_TRAINED = 20;

export interface OutcomeCount {
  readonly positive: number;
  readonly negative: number;
}

export const countOutcomes = (outcomes: Float64Array): OutcomeCount => {
  const positive = outcomes.reduce((sum, outcome) => sum + outcome, 0);
  return { positive, negative: outcomes.length - positive };
};

/** What is missing for a training, as a sentence; undefined when it can begin. */
export const tooFewOutcomes = (all: Float64Array, trained: Float64Array): string | undefined => {
  const [total, part] = [countOutcomes(all), countOutcomes(trained)];
  if (Math.min(total.positive, total.negative) < MIN_OUTCOMES)
    return `There are ${total.positive} positive and ${total.negative} negative outcomes; a model needs at least ${MIN_OUTCOMES} of each.`;
  if (Math.min(part.positive, part.negative) < MIN_TRAINED)
    return `The oldest rows, which a model would be trained on, have ${part.positive} positive and ${part.negative} negative outcomes; it needs at least ${MIN_TRAINED} of each.`;
  return undefined;
};
