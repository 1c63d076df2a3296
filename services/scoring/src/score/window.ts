import type { CompiledWindow } from '../model/compiled-model.js';

/** The newest of two lists of times (ms since 1970), newest first; the counterpart of adding two sums. */
export const combineTimes = (
  { count }: CompiledWindow,
  one: readonly number[],
  other: readonly number[],
): readonly number[] => [...one, ...other].sort((earlier, later) => later - earlier).slice(0, count);

/** Whether a window holds at an instant (ms since 1970). A match is in a period up to, and without, its end. */
export const holdsAt = (
  { kind, count, ms }: CompiledWindow,
  times: readonly number[],
  instant: number,
): boolean => {
  const decisive = times[count - 1];
  if (decisive === undefined) return false;
  return kind === 'within' ? instant - decisive < ms : instant - decisive >= ms;
};

/** The only instant (ms since 1970) at which a window changes if no match is added; null when there is none. */
export const turnsAt = ({ count, ms }: CompiledWindow, times: readonly number[]): number | null => {
  const decisive = times[count - 1];
  return decisive === undefined ? null : decisive + ms;
};
