/** How far a connection has got, at a moment. */
export interface Sending {
  /** Bytes that the kernel has taken. */
  readonly sent: number;
  /** Bytes that wait in this process. */
  readonly waiting: number;
}

/**
 * Since when a connection has taken nothing of what waits for it, ms; undefined while nothing waits or some of it was taken
 * since the last look. The number of waiting bytes does not count: a quiet stream fills no buffer for hours.
 *
 * @param before the last look, and its result
 */
export const stalledSince = (
  before: (Sending & { readonly since: number | undefined }) | undefined,
  { sent, waiting }: Sending,
  now: number,
): number | undefined => {
  if (waiting === 0) return undefined;
  return before?.sent === sent ? (before.since ?? now) : now;
};
