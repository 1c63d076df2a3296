/** The timer of the running clocks of a seller whose working time changed. */
export const RETIME_TIMER = 'retime';

interface RetimeTimer {
  readonly kind: typeof RETIME_TIMER;
  readonly key: string;
  readonly dueAt: Date;
}

/** @param after the last hand-off of the batch before */
export const retimeClocks = (sellerId: string, now: Date, after?: string): RetimeTimer => ({
  kind: RETIME_TIMER,
  key: after === undefined ? sellerId : `${sellerId}/${after}`,
  dueAt: now,
});

export const retimeKey = (key: string): { readonly sellerId: string; readonly after: string | undefined } => {
  const [sellerId, after] = key.split('/');
  return { sellerId: sellerId!, after };
};
