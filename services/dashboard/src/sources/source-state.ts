import type { SourceActivity } from '../api/shapes.js';
import { formatAgo } from '../time/format.js';
import { formatCount } from '../ui/count.js';

/** A source without an accepted event for this long may be disconnected, ms. */
const SILENT_AFTER_MS = 86_400_000;

export interface SourceState {
  readonly state: 'receiving' | 'silent' | 'empty' | 'over-quota';
  readonly text: string;
}

/** The state of a source in words. `now` in ms. */
export const sourceStateOf = (
  { heldEvents, lastEventAt, requests }: Pick<SourceActivity, 'heldEvents' | 'lastEventAt' | 'requests'>,
  now: number,
): SourceState => {
  if (heldEvents > 0) return { state: 'over-quota', text: `Over its quota, ${formatCount(heldEvents)} held` };
  if (lastEventAt === null)
    return {
      state: 'empty',
      text: requests > 0 ? 'Nothing accepted yet' : 'Never received anything',
    };
  const last = Date.parse(lastEventAt);
  return now - last < SILENT_AFTER_MS
    ? { state: 'receiving', text: 'Receiving' }
    : { state: 'silent', text: `Silent since ${formatAgo(last, now)}` };
};
