import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { LocalJson } from '@baton/testing';
import { createBenchTopic } from './bench-topic.js';
import { benchClient } from './drain-load.js';

export interface BareRound {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** Offsets by partition. */
export type Offsets = Readonly<Record<string, number>>;

/** End offsets of the topic `activity`. */
export const activityOffsets = async (local: LocalJson): Promise<Offsets> => {
  const admin = benchClient(local).connect({ retries: 10 }).admin();
  await admin.connect();
  try {
    const partitions = await admin.fetchTopicOffsets('activity');
    return Object.fromEntries(partitions.map(({ partition, high }) => [partition, Number(high)]));
  } finally {
    await admin.disconnect();
  }
};

/** The bare drain as a process that stays warm between rounds. */
export class BareDrainProcess {
  private constructor(private readonly child: ChildProcess) {}

  static async start(local: LocalJson): Promise<BareDrainProcess> {
    const topic = await createBenchTopic(local, 'bench-bare-leads');
    const child = fork(resolve(import.meta.dirname, 'bare-drain.js'), [local.kafka, local.database, topic]);
    await BareDrainProcess.next(child);
    return new BareDrainProcess(child);
  }

  /** Handles the records between the offsets and resolves with the time it took. */
  async run(from: Offsets, to: Offsets): Promise<BareRound> {
    this.child.send({ from, to });
    return (await BareDrainProcess.next(this.child)) as BareRound;
  }

  stop(): void {
    this.child.kill();
  }

  private static async next(child: ChildProcess): Promise<unknown> {
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the bare drain ended with ${String(code)}`);
    });
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [unknown];
    ended.catch(() => undefined);
    return message;
  }
}
