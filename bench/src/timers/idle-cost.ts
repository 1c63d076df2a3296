import { setTimeout as pause } from 'node:timers/promises';
import { cpuSecondsOf } from '../cpu-time.js';
import type { FiringSide, OnFired } from './firing-side.js';

const IDLE_MS = 10_000;

export interface IdleCost {
  /** CPU time of the program and of its PostgreSQL connections, ms per second. */
  readonly cpuMs: number;
  readonly transactionsPerSecond: number;
}

/** What a running program costs while no timer is due. */
export const idleCost = async (side: FiringSide): Promise<IdleCost> => {
  await side.start(nothingIsDue);
  // The start itself queries and plans; it is no part of waiting.
  await pause(1_000);
  const before = await usageOf(side);
  await pause(IDLE_MS);
  const after = await usageOf(side);
  await side.stop();
  const seconds = (after.at - before.at) / 1_000;
  // A connection that ended in between is not counted.
  const ofConnections = [...after.connections].reduce(
    (sum, [pid, cpuSeconds]) => sum + cpuSeconds - (before.connections.get(pid) ?? 0),
    0,
  );
  return {
    cpuMs: ((after.ownSeconds - before.ownSeconds + ofConnections) * 1_000) / seconds,
    // One of them is the first reading.
    transactionsPerSecond: (after.transactions - before.transactions - 1) / seconds,
  };
};

const nothingIsDue: OnFired = (dueAts) => {
  if (dueAts.length > 0) throw new Error('a timer fired before it was due');
};

const usageOf = async (side: FiringSide) => {
  const [row] = await side.effects.db.database.rows<{ transactions: string; pids: number[] }>(
    `select (select xact_commit + xact_rollback from pg_stat_database where datname = current_database()) as transactions,
       (select array_agg(pid) from pg_stat_activity where datname = current_database() and backend_type = 'client backend') as pids`,
  );
  const own = process.cpuUsage();
  return {
    at: performance.now(),
    transactions: Number(row!.transactions),
    ownSeconds: (own.user + own.system) / 1e6,
    connections: new Map(row!.pids.map((pid) => [pid, cpuSecondsOf(pid)])),
  };
};
