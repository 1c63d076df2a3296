import { Injectable } from '@nestjs/common';
import { Worker } from 'node:worker_threads';
import type { TrainingInput, TrainingOutput } from './training.worker.js';

/** The built file, also when this one runs from its source: a worker thread is not compiled on the way. */
const WORKER = new URL('../../dist/learning/training.worker.js', import.meta.url);
const MAX_HEAP_MB = 1024;
const MAX_DURATION_MS = 10 * 60_000;

/** Trains in a thread of its own: it takes seconds, in which requests and messages are handled. */
@Injectable()
export class TrainingJob {
  /** @throws Error when the thread fails or takes too long */
  run(input: TrainingInput): Promise<TrainingOutput> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(WORKER, {
        workerData: input,
        resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
      });
      const timeout = setTimeout(() => {
        reject(new Error(`training takes longer than ${MAX_DURATION_MS} ms`));
        void worker.terminate();
      }, MAX_DURATION_MS);
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => {
        clearTimeout(timeout);
        reject(new Error(`the training thread ended with code ${code}`));
      });
      worker.unref();
    });
  }
}
