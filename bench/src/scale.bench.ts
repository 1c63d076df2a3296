import { startSecondProcess, type LocalJson } from '@baton/testing';
import pg from 'pg';
import { cpuSecondsOf, machineCpuSeconds } from './cpu-time.js';
import { checkBacklog, untilDrained } from './drain.bench.js';
import { produceBacklog } from './drain-load.js';
import { median, type Result } from './result.js';
import { whileSuspended } from './suspended.js';

const ROUNDS = 2;
const ACTIVITIES = 60_000;

interface Drained {
  readonly perSecond: number;
  /** Cores used by the scoring processes, and by the whole machine with broker and database. */
  readonly scoringCores: number;
  readonly machineCores: number;
}

/** Drains a new backlog with the given scoring processes, which are suspended while it is produced. */
const drain = async (local: LocalJson, database: pg.Client, pids: readonly number[]): Promise<Drained> => {
  pids.forEach((pid) => process.kill(pid, 'SIGSTOP'));
  const backlog = await produceBacklog(local, ACTIVITIES);
  const cpu = () => pids.reduce((sum, pid) => sum + cpuSecondsOf(pid), 0);
  const [cpuBefore, machineBefore, started] = [cpu(), machineCpuSeconds(), performance.now()];
  pids.forEach((pid) => process.kill(pid, 'SIGCONT'));
  await untilDrained(database, backlog);
  const seconds = (performance.now() - started) / 1_000;
  const used = { scoring: cpu() - cpuBefore, machine: machineCpuSeconds() - machineBefore };
  await checkBacklog(database, backlog);
  return {
    perSecond: ACTIVITIES / seconds,
    scoringCores: used.scoring / seconds,
    machineCores: used.machine / seconds,
  };
};

const cores = (rounds: readonly Drained[]): string =>
  `scoring ${median(rounds.map(({ scoringCores }) => scoringCores)).toFixed(2)} cores, machine ${median(rounds.map(({ machineCores }) => machineCores)).toFixed(2)}`;

/** Throughput of a backlog with one and with two scoring processes. The ratio is limited by the cores of the machine. */
export const benchScale = async (local: LocalJson): Promise<Result[]> => {
  const database = new pg.Client(local.database);
  await database.connect();
  const first = local.pids['scoring']!;
  const one: Drained[] = [];
  const two: Drained[] = [];
  try {
    await whileSuspended(local, ['ingestion', 'routing', 'reporting', 'gateway'], async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        one.push(await drain(local, database, [first]));
        const second = await startSecondProcess(local, 'scoring');
        try {
          two.push(await drain(local, database, [first, second.pid]));
        } finally {
          await second.stop();
        }
      }
    });
  } finally {
    await database.end();
  }
  const throughput = (rounds: readonly Drained[]) => median(rounds.map(({ perSecond }) => perSecond));
  return [
    { name: 'backlog, one scoring process', value: throughput(one), unit: 'events/s', detail: cores(one) },
    { name: 'backlog, two scoring processes', value: throughput(two), unit: 'events/s', detail: cores(two) },
    {
      name: 'two processes / one',
      value: throughput(two) / throughput(one),
      unit: '',
      goal: { atLeast: 1.4 },
      detail: 'where cores allow; broker and database share the machine',
    },
  ];
};
