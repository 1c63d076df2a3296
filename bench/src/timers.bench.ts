import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { LocalJson } from '@baton/testing';
import { median, quantile, type Result } from './result.js';
import { whileSuspended } from './suspended.js';
import { BatonSide } from './timers/baton-side.js';
import { fire } from './timers/fire.js';
import type { FiringSide } from './timers/firing-side.js';
import { GraphileSide } from './timers/graphile-side.js';
import { idleCost, type IdleCost } from './timers/idle-cost.js';
import { PgBossSide } from './timers/pg-boss-side.js';

const WAITING = Number(process.env['BENCH_TIMERS_WAITING'] ?? 1_000_000);
const BURST = Number(process.env['BENCH_TIMERS_BURST'] ?? 100_000);
const ROUNDS = Number(process.env['BENCH_TIMERS_ROUNDS'] ?? 3);
const RATES = [200, 1_000];
const SECONDS = 3;
const HOUR = 3_600_000;
/** Timers in one call of `schedule`. */
const CHUNK = 10_000;

interface Measured {
  readonly side: FiringSide;
  schedulesPerSecond: number;
  idle: IdleCost;
  /** By round: firings per second until the last effect is committed, and until everything is done. */
  readonly effects: number[];
  readonly bursts: number[];
  /** By rate, all rounds: lateness per timer, ms. */
  readonly late: Map<number, { p50: number; p99: number }[]>;
}

/**
 * Durable timers with 1,000,000 others waiting: libs/timers with the real outbox beside graphile-worker and pg-boss on the same
 * PostgreSQL, in the same run. Each firing inserts one row. Every figure is checked against the rows of the tables and the
 * messages of the topic. The services are suspended.
 */
export const benchTimers = (local: LocalJson): Promise<Result[]> =>
  whileSuspended(local, ['ingestion', 'scoring', 'routing', 'reporting', 'gateway'], async () => {
    const sides: FiringSide[] = [];
    try {
      const baton = await BatonSide.open(local);
      sides.push(baton);
      sides.push(await GraphileSide.open(local.database));
      sides.push(await PgBossSide.open(local.database));
      const measured: Measured[] = [];
      for (const side of sides) measured.push(await whileWaiting(side));
      const silent = { ...measured[0]!, side: baton.withoutEvents(), effects: [], bursts: [] };
      for (let round = 0; round < ROUNDS; round += 1) {
        const order = measured.map((_, n) => measured[(n + round) % measured.length]!);
        for (const each of [...order, silent]) await burst(each);
        for (const each of order) for (const rate of RATES) await lateness(each, rate);
      }
      return resultsOf(measured, silent);
    } finally {
      for (const side of sides) await side.close();
    }
  });

/** Schedules the timers that wait during all measurements, then measures the cost of waiting. */
const whileWaiting = async (side: FiringSide): Promise<Measured> => {
  const from = Date.now() + HOUR;
  const schedulesPerSecond = await schedule(side, WAITING, (n) => from + n * 1_000);
  await side.db.database.rows('vacuum analyze');
  return {
    side,
    schedulesPerSecond,
    idle: await idleCost(side),
    effects: [],
    bursts: [],
    late: new Map(RATES.map((rate) => [rate, []])),
  };
};

const burst = async ({ side, schedulesPerSecond, effects, bursts }: Measured): Promise<void> => {
  const dueAt = Date.now() + 3_000 + (BURST / schedulesPerSecond) * 1_500;
  await schedule(side, BURST, () => dueAt);
  await side.db.database.rows('vacuum analyze');
  if (Date.now() >= dueAt) throw new Error('the burst became due before all its timers were scheduled');
  const { endedAt, settledAt } = await fire(side, { expected: BURST, waiting: WAITING });
  effects.push((BURST * 1_000) / (endedAt - dueAt));
  bursts.push((BURST * 1_000) / (settledAt - dueAt));
  // Printed at once, so that a later failure does not lose it.
  console.log(`  ${side.name}: ${Math.round(bursts.at(-1)!)} firings/s`);
};

/** Timers are scheduled while others fire, 50 batches a second, half a second before they are due. */
const lateness = async ({ side, late }: Measured, rate: number): Promise<void> => {
  const expected = rate * SECONDS;
  const batch = rate / 50;
  const fired = await fire(side, { expected, waiting: WAITING }, async () => {
    const begin = Date.now() + 500;
    const dueAt = (n: number): number => begin + (n * 1_000) / rate;
    for (let n = 0; n < expected; n += batch) {
      await schedule(side, batch, (i) => dueAt(n + i));
      await delay(Math.max(0, dueAt(n) - 480 - Date.now()));
    }
  });
  late.get(rate)!.push({ p50: quantile(fired.late, 0.5), p99: quantile(fired.late, 0.99) });
};

/** Returns timers per second. */
const schedule = async (side: FiringSide, count: number, dueAt: (n: number) => number): Promise<number> => {
  const started = performance.now();
  for (let from = 0; from < count; from += CHUNK) {
    const chunk = Array.from({ length: Math.min(CHUNK, count - from) }, (_, i) => ({
      key: randomUUID(),
      dueAt: dueAt(from + i),
    }));
    await side.schedule(chunk);
  }
  return (count * 1_000) / (performance.now() - started);
};

const resultsOf = (measured: readonly Measured[], silent: Measured): Result[] => {
  const [ours, ...peers] = measured as [Measured, ...Measured[]];
  const faster = Math.max(...peers.map(({ bursts }) => median(bursts)));
  const burstOf = ({ bursts }: Measured): number => median(bursts);
  return [
    ...measured.flatMap((each) => figuresOf(each, each === ours)),
    burstFigure(silent),
    {
      name: 'timers: burst / the faster peer',
      value: burstOf(ours) / faster,
      unit: '',
      goal: { atLeast: 2 },
      detail:
        'with the handicap of publishing each firing to Kafka on the same two cores, which the peers do not',
    },
    {
      name: 'timers: burst without events / the faster peer',
      value: burstOf(silent) / faster,
      unit: '',
      detail: 'the same work on both sides',
    },
  ];
};

const figuresOf = (measured: Measured, isOurs: boolean): Result[] => {
  const { side, schedulesPerSecond, idle, late } = measured;
  const name = `timers: ${side.name}`;
  const waiting = WAITING.toLocaleString('en-US');
  return [
    {
      name: `${name}, schedule`,
      value: schedulesPerSecond,
      unit: 'timers/s',
      detail: `${waiting} timers in batches of ${CHUNK.toLocaleString('en-US')}`,
    },
    {
      name: `${name}, idle`,
      value: idle.cpuMs,
      unit: 'ms of CPU/s',
      detail: `program and its connections; ${idle.transactionsPerSecond.toFixed(1)} queries/s; ${waiting} waiting, none due`,
    },
    burstFigure(measured),
    ...RATES.flatMap((rate): Result[] => [
      {
        name: `${name}, lateness at ${rate.toLocaleString('en-US')}/s, p50`,
        value: median(late.get(rate)!.map(({ p50 }) => p50)),
        unit: 'ms',
      },
      {
        name: `${name}, lateness at ${rate.toLocaleString('en-US')}/s, p99`,
        value: median(late.get(rate)!.map(({ p99 }) => p99)),
        unit: 'ms',
        ...(isOurs && rate === 1_000 ? { goal: { below: 30 } } : {}),
        detail: `median of ${ROUNDS} runs of ${SECONDS} s`,
      },
    ]),
  ];
};

const burstFigure = ({ side, effects, bursts }: Measured): Result => ({
  name: `timers: ${side.name}, burst of ${BURST.toLocaleString('en-US')} due at once`,
  value: median(bursts),
  unit: 'firings/s',
  detail: `until everything is done; until the last effect is committed ${Math.round(median(effects)).toLocaleString('en-US')}/s; median of ${ROUNDS}; ${side.detail}`,
});
