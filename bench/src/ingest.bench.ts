import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { topicEnds } from '@baton/bus';
import type { LocalJson } from '@baton/testing';
import { createBenchTopic } from './bench-topic.js';
import { benchClient } from './drain-load.js';
import { load, type LoadResult } from './load.js';
import { median, type Result } from './result.js';
import { whileSuspended } from './suspended.js';

const ROUNDS = 3;
const SECONDS = 5;
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

interface Shape {
  readonly name: string;
  readonly path: string;
  readonly events: number;
  readonly connections: number;
  readonly body: string;
  /** Lowest ratio to the bare server. */
  readonly ratioGoal: number;
}

const SHAPES: readonly Shape[] = [
  {
    name: 'single',
    path: '/v1/track',
    events: 1,
    connections: 64,
    body: JSON.stringify(track(1)),
    ratioGoal: 0.75,
  },
  {
    name: 'batches of 100',
    path: '/v1/batch',
    events: BATCH,
    connections: 16,
    body: JSON.stringify({ batch: Array.from({ length: BATCH }, (_, i) => track(i)) }),
    ratioGoal: 0.7,
  },
];

/** Starts the bare server; resolves with its URL and a function that ends it. */
const startBare = async (local: LocalJson): Promise<{ url: string; stop: () => void }> => {
  const topic = await createBenchTopic(local, 'bench-bare-activity');
  const child = spawn(process.execPath, [resolve(import.meta.dirname, 'bare-ingest.js'), local.kafka, topic]);
  child.stderr.pipe(process.stderr);
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: `http://127.0.0.1:${port.toString().trim()}`, stop: () => child.kill() };
};

/** Load on ingestion; every acknowledged event must be in the topic. */
const loadIngestion = async (local: LocalJson, shape: Shape): Promise<LoadResult> => {
  const client = benchClient(local);
  const before = await topicEnds(client, ['activity']);
  const result = await load({
    url: `${local.ingestion}${shape.path}`,
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${local.writeKey}:`).toString('base64')}`,
    },
    body: shape.body,
    connections: shape.connections,
    seconds: SECONDS,
  });
  const after = await topicEnds(client, ['activity']);
  const written = after['activity']! - before['activity']!;
  const acknowledged = result.accepted * shape.events;
  // More than acknowledged is allowed: requests aborted at the end of the round, and repeats of a produce request.
  if (written < acknowledged) {
    throw new Error(`${shape.name}: ${acknowledged} events were acknowledged, ${written} are in the topic`);
  }
  return result;
};

const loadBare = (url: string, { body, connections }: Shape): Promise<LoadResult> =>
  load({ url, headers: { 'content-type': 'application/json' }, body, connections, seconds: SECONDS });

/** Rounds of both sides, the order alternating; the first round only warms up. */
const measure = async (
  local: LocalJson,
  bareUrl: string,
  shape: Shape,
): Promise<{ ours: LoadResult[]; theirs: LoadResult[] }> => {
  const ours: LoadResult[] = [];
  const theirs: LoadResult[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const bareFirst = round % 2 === 0 ? await loadBare(bareUrl, shape) : undefined;
    const own = await loadIngestion(local, shape);
    const bare = bareFirst ?? (await loadBare(bareUrl, shape));
    if (round === 0) continue;
    ours.push(own);
    theirs.push(bare);
  }
  return { ours, theirs };
};

/** Acknowledged events per second of ingestion and of a bare server on the same broker, the readers suspended. */
export const benchIngest = async (local: LocalJson): Promise<Result[]> => {
  const bare = await startBare(local);
  try {
    return await whileSuspended(local, ['scoring', 'routing', 'reporting'], async () => {
      const results: Result[] = [];
      for (const shape of SHAPES) {
        const { ours, theirs } = await measure(local, bare.url, shape);
        results.push(...resultsOf(shape, ours, theirs));
      }
      return results;
    });
  } finally {
    bare.stop();
  }
};

const resultsOf = (
  { name, events, connections, ratioGoal }: Shape,
  ours: readonly LoadResult[],
  theirs: readonly LoadResult[],
): Result[] => {
  const perSecond = (rounds: readonly LoadResult[]) =>
    median(rounds.map((round) => round.perSecond * events));
  const detail = `median of ${ROUNDS} rounds of ${SECONDS} s, ${connections} connections`;
  return [
    {
      name: `ingestion, ${name}`,
      value: perSecond(ours),
      unit: 'events/s',
      detail: `${detail}; every acknowledged event is in the topic`,
    },
    { name: `bare server, ${name}`, value: perSecond(theirs), unit: 'events/s', detail },
    {
      name: `ingestion / bare, ${name}`,
      value: median(ours.map((round, i) => round.perSecond / theirs[i]!.perSecond)),
      unit: '',
      goal: { atLeast: ratioGoal },
    },
    { name: `ingestion p99, ${name}`, value: median(ours.map((round) => round.p99Ms)), unit: 'ms' },
  ];
};
