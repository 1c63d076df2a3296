import { countOutcomes } from './enough-outcomes.js';
import { probabilitiesOf, type Model } from './model.js';
import { chosenSettings, historyBetween, trainWith, type History, type Settings } from './train.js';

/** Trainings of a walk in which the settings are chosen anew; between them only the weights are. */
const MAX_CHOICES = 8;
/** Of each kind in a window: below it the model before is kept. */
const MIN_OUTCOMES = 10;
export const MAX_RETRAININGS = 1000;

export interface WalkOptions {
  /** Rows between two trainings. */
  readonly every: number;
  /** Rows a model is trained on: the last ones. */
  readonly window: number;
}

export interface Walk {
  /** First row that has a probability. */
  readonly from: number;
  readonly trainings: number;
  /** Probabilities of the rows from `from` on, each by a model of the rows before it only. */
  readonly retrained: Float64Array;
  /** The same rows by the first of these models. */
  readonly once: Float64Array;
}

/**
 * Goes through a history in its order: trains on the last `window` rows, predicts the next `every` ones, and so on.
 * @returns undefined when no window has enough outcomes
 */
export const walkThrough = (history: History, { every, window }: WalkOptions): Walk | undefined => {
  const rows = history.outcomes.length;
  const starts: number[] = [];
  for (let at = window; at < rows; at += every) starts.push(at);
  const choiceEvery = Math.ceil(starts.length / MAX_CHOICES);
  const retrained = new Float64Array(rows);
  let [model, first, settings]: [Model?, Model?, Settings?] = [];
  let [from, trainings] = [rows, 0];
  for (const [i, at] of starts.entries()) {
    const recent = historyBetween(history, at - window, at);
    const { positive, negative } = countOutcomes(recent.outcomes);
    if (Math.min(positive, negative) >= MIN_OUTCOMES) {
      if (settings === undefined || i % choiceEvery === 0) settings = chosenSettings(recent);
      model = trainWith(recent, settings);
      trainings += 1;
    }
    if (model === undefined) continue;
    if (first === undefined) [first, from] = [model, at];
    const next = historyBetween(history, at, Math.min(rows, at + every));
    retrained.set(probabilitiesOf(model, next.columns, next.outcomes.length), at);
  }
  if (first === undefined) return undefined;
  const judged = historyBetween(history, from, rows);
  const once = probabilitiesOf(first, judged.columns, judged.outcomes.length);
  return { from, trainings, retrained: retrained.subarray(from), once };
};
