/**
 * How far a walk through all leads is, as the key of its timer: `scoring-model-2` (about to begin), `scoring-model-2 after <lead id>`
 * (on its way), `scoring-model-2 again` (about to be made once more).
 */
export interface Walk {
  readonly definitionId: string;
  readonly after: string | null;
  readonly isRepeated: boolean;
}

export const walkOf = (key: string): Walk => {
  const [definitionId = '', word, after = null] = key.split(' ');
  return { definitionId, after, isRepeated: word === 'again' };
};

interface Slice {
  /** The last lead of a full slice: there may be more behind it. */
  readonly upTo: string | null;
  readonly isEmpty: boolean;
}

interface Step {
  readonly key: string;
  readonly afterMs: number;
}

/**
 * Where the walk goes on. It is made once more a while later, for leads that somebody held or made meanwhile by what was in force
 * before, and ends when a repeated walk finds nobody: null.
 */
export const stepAfter = (walk: Walk, slice: Slice, pauseMs: number): Step | null => {
  if (slice.upTo !== null) return { key: `${walk.definitionId} after ${slice.upTo}`, afterMs: 0 };
  const isDone = walk.isRepeated && slice.isEmpty;
  return isDone ? null : { key: `${walk.definitionId} again`, afterMs: pauseMs };
};
