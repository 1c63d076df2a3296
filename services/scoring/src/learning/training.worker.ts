import { CannotLearn } from '@baton/learning';
import { parentPort, workerData } from 'node:worker_threads';
import { examplesOf, type ExampleRow } from './example-row.js';
import { trainOn, type ActiveModel, type Training } from './training.js';

export interface TrainingInput {
  /** Oldest first. */
  readonly rows: readonly ExampleRow[];
  readonly active: ActiveModel | undefined;
}

export type TrainingOutput = { readonly training: Training } | { readonly cannot: string };

const outputOf = ({ rows, active }: TrainingInput): TrainingOutput => {
  try {
    return { training: trainOn(examplesOf(rows), active) };
  } catch (fault) {
    if (fault instanceof CannotLearn) return { cannot: fault.message };
    throw fault;
  }
};

parentPort?.postMessage(outputOf(workerData as TrainingInput));
