/**
 * Progress of an evaluation of all leads, kept as the key of its timer: `scoring-model-2` (not started), `scoring-model-2 after <lead
 * id>` (in progress), `scoring-model-2 again` (to be repeated).
 */
export interface RescoreCursor {
  readonly definitionId: string;
  readonly after: string | null;
  readonly isRepeated: boolean;
}

export const parseRescoreCursor = (key: string): RescoreCursor => {
  const [definitionId = '', word, after = null] = key.split(' ');
  return { definitionId, after, isRepeated: word === 'again' };
};

interface Batch {
  /** The last lead of a full batch, after which there may be more; else null. */
  readonly lastId: string | null;
  /** No lead is evaluated with other definitions any more. */
  readonly isDone: boolean;
}

interface Step {
  readonly key: string;
  readonly delayMs: number;
}

/**
 * The timer that continues after a batch. The pass is repeated after `repeatAfterMs`, for leads that were locked or created with the
 * earlier definitions meanwhile, until a repetition finds none: then null.
 */
export const nextRescoreStep = (cursor: RescoreCursor, batch: Batch, repeatAfterMs: number): Step | null => {
  if (batch.lastId !== null) return { key: `${cursor.definitionId} after ${batch.lastId}`, delayMs: 0 };
  const isDone = cursor.isRepeated && batch.isDone;
  return isDone ? null : { key: `${cursor.definitionId} again`, delayMs: repeatAfterMs };
};
