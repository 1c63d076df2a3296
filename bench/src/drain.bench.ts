import { eventually, type LocalJson } from '@baton/testing';
import pg from 'pg';
import { activityOffsets, BareDrainProcess } from './bare-drain-process.js';
import { cpuSecondsOf } from './cpu-time.js';
import { produceBacklog, type Backlog } from './drain-load.js';
import { median, mustEqual, type Result } from './result.js';
import { whileSuspended } from './suspended.js';

const ROUNDS = 3;
const ACTIVITIES = 40_000;

interface Round {
  readonly perSecond: number;
  /** CPU time per 1,000 events, ms. */
  readonly cpuMs: number;
}

const roundOf = (seconds: number, cpuSeconds: number): Round => ({
  perSecond: ACTIVITIES / seconds,
  cpuMs: (cpuSeconds * 1_000_000) / ACTIVITIES,
});

/** Sum of scoring's next offsets in the topic `activity`. */
const scoringPosition = async (database: pg.Client): Promise<number> => {
  const { rows } = await database.query<{ n: string }>(
    `select coalesce(sum(next_offset), 0) as n from scoring.positions where topic = 'activity'`,
  );
  return Number(rows[0]!.n);
};

/** Waits until scoring's position reaches the end of the backlog. */
export const untilDrained = (database: pg.Client, { to }: Backlog): Promise<unknown> =>
  eventually(async () => mustEqual('position', await scoringPosition(database), to), {
    within: 240_000,
    every: 50,
  });

/** Every activity must be stored once, and every lead must have its identifier. */
export const checkBacklog = async (
  database: pg.Client,
  { round, activities, leads }: Backlog,
): Promise<void> => {
  const { rows } = await database.query<{ activities: string; leads: string }>(
    `select (select count(*) from scoring.activities where source_id = 'bench' and message_id like $1) as activities,
            (select count(*) from scoring.identifiers where kind = 'email' and value like $1) as leads`,
    [`${round}-%`],
  );
  mustEqual('activities in the history', Number(rows[0]!.activities), activities);
  mustEqual('leads', Number(rows[0]!.leads), leads);
};

/**
 * Throughput of one scoring process on a backlog beside a bare program that reads the same records: both sides in each round,
 * the order alternating, all other services suspended.
 */
export const benchDrain = async (local: LocalJson): Promise<Result[]> => {
  const database = new pg.Client(local.database);
  await database.connect();
  const bare = await BareDrainProcess.start(local);
  const ours: Round[] = [];
  const theirs: Round[] = [];
  try {
    await whileSuspended(local, ['ingestion', 'routing', 'reporting', 'gateway'], async () => {
      for (let round = 0; round <= ROUNDS; round += 1) {
        const from = await activityOffsets(local);
        const { backlog, first } = await whileSuspended(local, ['scoring'], async () => {
          const produced = await produceBacklog(local, ACTIVITIES);
          const to = await activityOffsets(local);
          const runBare = () => bare.run(from, to);
          return { backlog: produced, first: round % 2 === 0 ? await runBare() : runBare };
        });
        const cpu = cpuSecondsOf(local.pids['scoring']!);
        const started = performance.now();
        await untilDrained(database, backlog);
        const seconds = (performance.now() - started) / 1_000;
        const cpuSeconds = cpuSecondsOf(local.pids['scoring']!) - cpu;
        const other = typeof first === 'function' ? await whileSuspended(local, ['scoring'], first) : first;
        await checkBacklog(database, backlog);
        // The first round lets both sides compile their hot paths.
        if (round === 0) continue;
        ours.push(roundOf(seconds, cpuSeconds));
        theirs.push(roundOf(other.seconds, other.cpuSeconds));
      }
    });
  } finally {
    bare.stop();
    await database.end();
  }
  return resultsOf(ours, theirs);
};

const resultsOf = (ours: readonly Round[], theirs: readonly Round[]): Result[] => {
  const detail = `median of ${ROUNDS} rounds of ${ACTIVITIES.toLocaleString('en-US')} activities, 10 per lead`;
  const throughput = (rounds: readonly Round[]) => median(rounds.map(({ perSecond }) => perSecond));
  const cpu = (rounds: readonly Round[]) =>
    `${median(rounds.map(({ cpuMs }) => cpuMs)).toFixed(0)} ms of CPU per 1,000 events`;
  return [
    {
      name: 'scoring drain, one process',
      value: throughput(ours),
      unit: 'events/s',
      detail: `${detail}, ${cpu(ours)}`,
    },
    { name: 'bare drain', value: throughput(theirs), unit: 'events/s', detail: cpu(theirs) },
    {
      name: 'drain / bare',
      value: median(ours.map(({ perSecond }, i) => perSecond / theirs[i]!.perSecond)),
      unit: '',
      goal: { atLeast: 0.75 },
      detail: 'same records, same run',
    },
  ];
};
