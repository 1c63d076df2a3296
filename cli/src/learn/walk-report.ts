import {
  aucOf,
  brierOf,
  MAX_RETRAININGS,
  walkThrough,
  type History,
  type Scored,
  type WalkOptions,
} from '@baton/learning';
import { CliError } from '../cli-error.js';

const MIN_WINDOW = 50;

export interface Accuracy {
  readonly auc: number | undefined;
  readonly brier: number;
}

/** A walk beside the model that was trained once, on the first window. */
export interface WalkReport extends WalkOptions {
  readonly trainings: number;
  /** Rows that have a probability: those after the first window. */
  readonly rows: number;
  readonly walk: Accuracy;
  readonly once: Accuracy;
  /** Probabilities of the walk for the newest rows; undefined for rows before its first model. */
  readonly newest: readonly (number | undefined)[];
  /** Of the newest rows only, the part that the main model is judged on. */
  readonly walkOnNewest: Accuracy | undefined;
}

/** @throws CliError when one of the two is missing or no whole number */
export const walkOptions = ({
  every,
  window,
}: {
  every?: string;
  window?: string;
}): WalkOptions | undefined => {
  if (every === undefined && window === undefined) return undefined;
  if (every === undefined || window === undefined)
    throw new CliError(
      '--every and --window belong together.',
      'Pass --every N to retrain after every N rows, and --window M to train on the last M rows.',
    );
  return { every: wholeNumber(every, '--every', 1), window: wholeNumber(window, '--window', MIN_WINDOW) };
};

const wholeNumber = (text: string, flag: string, least: number): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new CliError(`${flag} ${text} is not a number of rows.`, `Pass a whole number of at least ${least}.`);
};

/** @param trained rows before the newest part */
export const walkOf = (history: History, options: WalkOptions, trained: number): WalkReport => {
  const rows = history.outcomes.length;
  if (options.window >= rows)
    throw new CliError(
      `--window ${options.window} is not less than the ${rows} rows with an outcome.`,
      'Pass a smaller window.',
    );
  if ((rows - options.window) / options.every > MAX_RETRAININGS)
    throw new CliError(
      `--every ${options.every} makes more than ${MAX_RETRAININGS} trainings.`,
      'Pass a larger number of rows.',
    );
  const walk = walkThrough(history, options);
  if (!walk)
    throw new CliError(
      `No window of ${options.window} rows has enough outcomes of both kinds.`,
      'Pass a larger window.',
    );
  const outcomes = history.outcomes.subarray(walk.from);
  const newestFrom = Math.max(0, trained - walk.from);
  return {
    ...options,
    trainings: walk.trainings,
    rows: outcomes.length,
    walk: accuracyOf({ probabilities: walk.retrained, outcomes }),
    once: accuracyOf({ probabilities: walk.once, outcomes }),
    newest: Array.from({ length: rows - trained }, (_, i) => walk.retrained[trained + i - walk.from]),
    walkOnNewest:
      walk.from > trained
        ? undefined
        : accuracyOf({
            probabilities: walk.retrained.subarray(newestFrom),
            outcomes: outcomes.subarray(newestFrom),
          }),
  };
};

const accuracyOf = (scored: Scored): Accuracy => ({ auc: aucOf(scored), brier: brierOf(scored) });
