import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { BusClient, topicEnds } from '@baton/bus';
import type { LocalJson } from '@baton/testing';
import { pino } from 'pino';
import { load, type Loaded } from './load.js';
import { median, type Result } from './result.js';

const ROUNDS = 3;
const SECONDS = 6;
const BATCH = 100;

const track = (i: number) => ({
  type: 'track',
  event: 'Pricing Viewed',
  anonymousId: `visitor-${i % 1000}`,
  timestamp: '2026-01-05T09:00:00.000Z',
  context: {
    userAgent:
      'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36',
    campaign: { name: 'spring-launch', source: 'google', medium: 'cpc' },
    page: {
      url: 'https://www.engines.example/pricing?plan=team',
      path: '/pricing',
      referrer: 'https://www.google.com/',
    },
    library: { name: 'analytics.js', version: '1.84.3' },
  },
  properties: {
    plan: 'team',
    seats: 25,
    currency: 'EUR',
    experiment: 'b',
    position: 'header',
    note: 'x'.repeat(200),
  },
});

/**
 * Acknowledged events per second through the real door beside a bare one on the same broker, in turns within one run.
 * What was acknowledged is compared with what the topic holds.
 */
export const benchIngest = async (local: LocalJson): Promise<Result[]> => {
  const bare = spawn(process.execPath, [
    resolve(import.meta.dirname, 'bare-ingest.js'),
    local.kafka,
    'activity.scoring.dead-letter',
  ]);
  bare.stderr.pipe(process.stderr);
  const [port] = (await once(bare.stdout, 'data')) as [Buffer];
  const bareUrl = `http://127.0.0.1:${port.toString().trim()}`;
  const client = new BusClient({ name: 'bench', brokers: [local.kafka], log: pino({ level: 'silent' }) });
  const headers = {
    'content-type': 'application/json',
    authorization: `Basic ${Buffer.from(`${local.writeKey}:`).toString('base64')}`,
  };
  const shapes = [
    { name: 'single', path: '/v1/track', events: 1, connections: 64, body: JSON.stringify(track(1)) },
    {
      name: 'batches of 100',
      path: '/v1/batch',
      events: BATCH,
      connections: 16,
      body: JSON.stringify({ batch: Array.from({ length: BATCH }, (_, i) => track(i)) }),
    },
  ];
  const results: Result[] = [];
  // The door alone is asked for: its readers would work off one side's events in the other side's time.
  const readers = ['scoring', 'routing', 'reporting'].map((name) => local.pids[name]!);
  readers.forEach((pid) => process.kill(pid, 'SIGSTOP'));
  try {
    for (const shape of shapes) {
      const ours: Loaded[] = [];
      const theirs: Loaded[] = [];
      const at = { headers, body: shape.body, connections: shape.connections, seconds: SECONDS };
      for (let round = 0; round <= ROUNDS; round += 1) {
        const before = await topicEnds(client, ['activity']);
        const one = await load({ ...at, url: `${local.ingestion}${shape.path}` });
        const other = await load({ ...at, url: bareUrl });
        const after = await topicEnds(client, ['activity']);
        // A request cut off at the end of the round may be written without having been counted.
        const written = after['activity']! - before['activity']!;
        const promised = one.accepted * shape.events;
        const cutOff = shape.connections * shape.events;
        if (written < promised || written > promised + cutOff) {
          throw new Error(
            `${shape.name}: ${promised} events were acknowledged and ${written} are in the topic`,
          );
        }
        // The first round warms both up.
        if (round > 0) {
          ours.push(one);
          theirs.push(other);
        }
      }
      const perSecond = (rounds: Loaded[]) => median(rounds.map((round) => round.perSecond * shape.events));
      const detail = `median of ${ROUNDS} rounds of ${SECONDS} s, ${shape.connections} connections; every acknowledged event is in the topic`;
      results.push(
        { name: `door, ${shape.name}`, value: perSecond(ours), unit: 'events/s', detail },
        { name: `bare server, ${shape.name}`, value: perSecond(theirs), unit: 'events/s', detail },
        {
          name: `door / bare, ${shape.name}`,
          value: median(ours.map((round, i) => round.perSecond / theirs[i]!.perSecond)),
          unit: '',
          goal: { atLeast: 0.6 },
        },
        { name: `door p99, ${shape.name}`, value: median(ours.map((round) => round.p99Ms)), unit: 'ms' },
      );
    }
  } finally {
    bare.kill();
    readers.forEach((pid) => process.kill(pid, 'SIGCONT'));
  }
  return results;
};
