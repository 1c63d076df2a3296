import type { Lead } from '../api/shapes.js';
import type { Exit } from './stages.js';

/** One change of stage, or one signal to marketing, in words. */
export interface StoryLine {
  readonly at: string;
  readonly what: string;
  /** Why, in a sentence; undefined for changes older than the reasons. */
  readonly why: string | undefined;
}

type Told = Pick<Lead, 'stages' | 'nurture'>;

/** What happened to a lead in the funnel, newest first. */
export const storyOf = ({ stages, nurture }: Told, labelOf: (stage: string) => string): StoryLine[] =>
  [
    ...stages.map(({ from, stage, at, reason }) => ({
      at,
      what: `${labelOf(from)} → ${labelOf(stage)}`,
      why: reason === null ? undefined : capitalised(reason.words),
    })),
    ...nurture.map(({ words, since, at }) => ({
      at,
      what: 'Marketing was told',
      why: `${words} (since ${since.slice(0, 10)})`,
    })),
  ].sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0));

type Rest = Pick<Lead, 'wakeAt' | 'recycledTimes' | 'stages'>;

/** How long a lead that sales gave back rests; undefined for others. */
export const restOf = (
  { wakeAt, recycledTimes, stages }: Rest,
  exit: Exit | undefined,
  now: number,
): string | undefined => {
  if (exit === undefined) return undefined;
  const because = stages.at(-1)?.reason?.reason;
  const why = because ? ` Reason: ${because}.` : '';
  if (exit === 'disqualified') return `Disqualified until a person reopens it.${why}`;
  const often = recycledTimes > 1 ? ` Given back ${recycledTimes} times since its last won deal.` : '';
  if (wakeAt === null) return `Rests until it asks again.${why}${often}`;
  const day = wakeAt.slice(0, 10);
  if (Date.parse(wakeAt) <= now)
    return `Its rest ended on ${day}: it comes back with its next activity.${why}${often}`;
  return `Rests until ${day}, or until it asks again.${why}${often}`;
};

const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
