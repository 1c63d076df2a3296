import type { Transaction } from '@baton/bus';

/** What a notification of changed facts says on the channel of the live stream; those of events say nothing. */
export const FIGURES = 'figures';

/** Tells every process at the commit that reports changed. */
export const notifyFigures = async (tx: Transaction): Promise<void> => {
  await tx.rows(`select pg_notify('live:' || current_schema(), $1)`, [FIGURES]);
};
