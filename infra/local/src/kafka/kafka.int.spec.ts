import { BusClient } from '@baton/bus';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { alive } from '../process/orphan-process.js';
import { startKafka, type RunningKafka } from './kafka.js';

const topic = 'kept';

describe('startKafka', () => {
  let home: string;
  let dir: string;
  let running: RunningKafka;

  const client = (): ReturnType<BusClient['connect']> =>
    new BusClient({ name: 'spec', brokers: [running.brokers], log: pino({ level: 'silent' }) }).connect({
      initialRetryTime: 50,
      retries: 20,
    });

  const send = async (value: string): Promise<void> => {
    const producer = client().producer();
    await producer.connect();
    await producer.send({ topic, acks: -1, messages: [{ value }] });
    await producer.disconnect();
  };

  const read = async (count: number): Promise<string[]> => {
    const consumer = client().consumer({ groupId: `reader-${Math.random()}` });
    const values: string[] = [];
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer
        .run({
          eachMessage: ({ message }) => {
            if (values.push(String(message.value)) === count) resolve();
            return Promise.resolve();
          },
        })
        .catch(reject);
    });
    await consumer.disconnect();
    return values;
  };

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'baton-kafka-'));
    dir = join(home, 'kafka');
    running = await startKafka({ dir });
    const admin = client().admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic }], waitForLeaders: false });
    await admin.disconnect();
    await send('one');
  }, 180_000);

  afterAll(async () => {
    await running.stop();
    rmSync(home, { recursive: true, force: true });
  }, 60_000);

  it('stores and serves messages, and groups can join', async () => {
    expect(await read(1)).toEqual(['one']);
  }, 60_000);

  it('creates no topic automatically', async () => {
    const producer = client().producer({ retry: { retries: 0 } });
    await producer.connect();
    await expect(producer.send({ topic: 'never-made', messages: [{ value: 'x' }] })).rejects.toThrow();
    await producer.disconnect();
  }, 60_000);

  it('restarts on the same port and data after a stop', async () => {
    const { port, pid } = running;
    await running.stop();
    expect(alive(pid)).toBe(false);
    running = await startKafka({ dir, port });
    expect(running.brokers).toBe(`127.0.0.1:${port}`);
    await send('two');
    expect(await read(2)).toEqual(['one', 'two']);
  }, 60_000);

  it('restarts on the same port after kill -9 with every acknowledged message', async () => {
    await send('three');
    const { port, pid } = running;
    process.kill(pid, 'SIGKILL');
    await running.exited;
    running = await startKafka({ dir, port });
    expect(running.pid).not.toBe(pid);
    expect(await read(3)).toEqual(['one', 'two', 'three']);
  }, 60_000);

  it('stops an orphaned broker of an earlier run in the same folder', async () => {
    const orphan = running;
    const lines: string[] = [];
    running = await startKafka({ dir, log: (line) => lines.push(line) });
    expect(alive(orphan.pid)).toBe(false);
    expect(lines.join()).toContain(`pid ${orphan.pid}`);
    expect(await read(3)).toHaveLength(3);
  }, 60_000);

  it('reports the port in use and what to do', async () => {
    const other = await new Promise<Server>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
    });
    const { port } = other.address() as { port: number };
    try {
      await expect(startKafka({ dir: join(home, 'other'), port })).rejects.toThrow(
        new RegExp(`Apache Kafka cannot listen on 127.0.0.1:${port}.*taken[^]*--port-base`),
      );
    } finally {
      other.close();
    }
  }, 60_000);
});
