import { readFileSync } from 'node:fs';
import { startStack, type LocalJson } from '@baton/testing';
import { benchIngest } from './ingest.bench.js';
import { benchDrain } from './drain.bench.js';
import { benchLatency } from './latency.bench.js';
import { report, rowsOf, type Result } from './result.js';
import { benchTimers } from './timers.bench.js';

const memory = (local: LocalJson): Result[] =>
  ['ingestion', 'scoring', 'routing', 'reporting', 'gateway'].map((service) => {
    const status = readFileSync(`/proc/${local.pids[service]}/status`, 'utf8');
    const resident = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    return { name: `memory of ${service} after the runs`, value: resident, unit: 'MB', goal: { below: 200 } };
  });

const parts: Record<string, (local: LocalJson) => Promise<Result[]>> = {
  latency: benchLatency,
  timers: (local) => benchTimers(local.database),
  // Last: they leave the readers a mountain to work off.
  drain: benchDrain,
  door: benchIngest,
};

/** `npm run bench`, or `npm run bench -- door timers` for some of it: each on one fresh Baton, one after the other. */
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0)
  throw new Error(`no bench called ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);

const began = performance.now();
const stack = await startStack();
const results: Result[] = [
  {
    name: 'npm start until everything answers, empty',
    value: (performance.now() - began) / 1_000,
    unit: 's',
    goal: { below: 30 },
  },
];
try {
  for (const [name, bench] of Object.entries(parts)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`… ${name}`);
    const found = await bench(stack.local());
    // Shown at once, so that a later one that fails does not take them along.
    console.log(rowsOf(found).join('\n'));
    results.push(...found);
  }
  results.push(...memory(stack.local()));
  report(wanted.length > 0 ? wanted.join('-') : 'all', results);
} finally {
  await stack.stop();
}
