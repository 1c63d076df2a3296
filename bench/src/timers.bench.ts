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

/** By round: firings per second until the last effect is committed, and until everything is done. */
interface Bursts {
  readonly effects: number[];
  readonly all: number[];
}

interface Measured {
  readonly side: FiringSide;
  schedulesPerSecond: number;
  idle: IdleCost;
  readonly bursts: Bursts;
  /** The same without events. */
  readonly silent: Bursts;
  /** By rate, all rounds: lateness per timer, ms. */
  readonly late: Map<number, { p50: number; p99: number }[]>;
}

/**
 * Durable timers with 1,000,000 others waiting: libs/timers beside graphile-worker and pg-boss doing the same work on the same
 * PostgreSQL and Kafka in the same run. Each firing writes one row and publishes one event through the outbox. Every figure is checked
 * against the rows of the tables and the messages of the topic. The services are suspended.
 */
export const benchTimers = (local: LocalJson): Promise<Result[]> =>
  whileSuspended(local, ['ingestion', 'scoring', 'routing', 'reporting', 'gateway'], async () => {
    const sides: FiringSide[] = [];
    try {
      for (const program of [BatonSide, GraphileSide, PgBossSide]) sides.push(await program.open(local));
      const measured: Measured[] = [];
      for (const side of sides) measured.push(await whileWaiting(side));
      for (let round = 0; round < ROUNDS; round += 1) {
        const order = measured.map((_, n) => measured[(n + round) % measured.length]!);
        for (const each of order) await burst(each);
        for (const each of order) await silently(each.side, () => burst(each));
        for (const each of order) for (const rate of RATES) await lateness(each, rate);
      }
      return resultsOf(measured);
    } finally {
      for (const side of sides) await side.close();
    }
  });

const silently = async ({ effects }: FiringSide, work: () => Promise<void>): Promise<void> => {
  effects.publishes = false;
  await work().finally(() => (effects.publishes = true));
};

/** Schedules the timers that wait during all measurements, then measures the cost of waiting. */
const whileWaiting = async (side: FiringSide): Promise<Measured> => {
  const from = Date.now() + HOUR;
  const schedulesPerSecond = await schedule(side, WAITING, (n) => from + n * 1_000);
  await side.effects.db.database.rows('vacuum analyze');
  return {
    side,
    schedulesPerSecond,
    idle: await idleCost(side),
    bursts: { effects: [], all: [] },
    silent: { effects: [], all: [] },
    late: new Map(RATES.map((rate) => [rate, []])),
  };
};

const burst = async ({ side, schedulesPerSecond, bursts, silent }: Measured): Promise<void> => {
  const dueAt = Date.now() + 3_000 + (BURST / schedulesPerSecond) * 1_500;
  await schedule(side, BURST, () => dueAt);
  await side.effects.db.database.rows('vacuum analyze');
  if (Date.now() >= dueAt) throw new Error('the burst became due before all its timers were scheduled');
  const { endedAt, settledAt } = await fire(side, { expected: BURST, waiting: WAITING });
  const { effects, all } = side.effects.publishes ? bursts : silent;
  effects.push((BURST * 1_000) / (endedAt - dueAt));
  all.push((BURST * 1_000) / (settledAt - dueAt));
  // Printed at once, so that a later failure does not lose it.
  const words = side.effects.publishes ? '' : ' without events';
  console.log(`  ${side.name}${words}: ${Math.round(all.at(-1)!)} firings/s`);
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

const resultsOf = (measured: readonly Measured[]): Result[] => {
  const ratioOf = (of: 'bursts' | 'silent'): number => {
    const [ours, ...peers] = measured.map((each) => median(each[of].all));
    return ours! / Math.max(...peers);
  };
  return [
    ...measured.flatMap((each, index) => figuresOf(each, index === 0)),
    {
      name: 'timers: burst / the faster peer',
      value: ratioOf('bursts'),
      unit: '',
      goal: { atLeast: 2 },
      detail: 'each firing writes a row and publishes an event through the outbox, on all sides',
    },
    {
      name: 'timers: burst without events / the faster peer',
      value: ratioOf('silent'),
      unit: '',
      detail: 'each firing writes a row, on all sides',
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
      detail: `program and its connections, the outbox's among them; ${idle.transactionsPerSecond.toFixed(1)} queries/s; ${waiting} waiting, none due`,
    },
    burstFigure(measured, 'bursts'),
    burstFigure(measured, 'silent'),
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

const burstFigure = ({ side, ...of }: Measured, which: 'bursts' | 'silent'): Result => ({
  name: `timers: ${side.name}, burst of ${BURST.toLocaleString('en-US')} due at once${which === 'silent' ? ', without events' : ''}`,
  value: median(of[which].all),
  unit: 'firings/s',
  detail: `until everything is done; until the last effect is committed ${Math.round(median(of[which].effects)).toLocaleString('en-US')}/s; median of ${ROUNDS}; ${side.detail}`,
});
