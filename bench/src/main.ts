import { eventually, startStack, type LocalJson } from '@baton/testing';
import { benchDrain } from './drain.bench.js';
import { benchErasure } from './erasure.bench.js';
import { benchIngest } from './ingest.bench.js';
import { benchLatency } from './latency.bench.js';
import { benchLearn } from './learn.bench.js';
import { benchLogins } from './logins.bench.js';
import { benchReporting } from './reporting.bench.js';
import { residentMb } from './resident.js';
import { report, rowsOf, type Result } from './result.js';
import { benchReplay } from './replay.bench.js';
import { benchScale } from './scale.bench.js';
import { benchTimers } from './timers.bench.js';

const SERVICES = ['ingestion', 'scoring', 'routing', 'reporting', 'gateway'];

const memory = (local: LocalJson): Result[] =>
  SERVICES.map((service) => {
    const resident = residentMb(local.pids[service]!);
    return { name: `memory of ${service} after the runs`, value: resident, unit: 'MB', goal: { below: 200 } };
  });

/** A service that ended while it was suspended is restarted by the stack: waits until every process of `local.json` exists. */
const waitUntilRunning = (local: () => LocalJson): Promise<void> =>
  eventually(() => SERVICES.forEach((service) => process.kill(local().pids[service]!, 0)), {
    within: 60_000,
  });

const benches: Readonly<Record<string, (local: LocalJson) => Promise<Result[]>>> = {
  latency: benchLatency,
  timers: benchTimers,
  drain: benchDrain,
  scale: benchScale,
  logins: benchLogins,
  learn: benchLearn,
  replay: benchReplay,
  erasure: benchErasure,
  reporting: benchReporting,
  // Last: its backlog keeps the readers busy after the run.
  ingest: benchIngest,
};

/** `npm run bench` runs all benches in order on one new stack, `npm run bench -- drain timers` only the named ones. */
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  throw new Error(`unknown bench: ${unknown.join(', ')}; known: ${Object.keys(benches).join(', ')}`);
}

const started = performance.now();
// The load of a bench comes from one source and one address, or from those that `x-forwarded-for` names.
const stack = await startStack({
  env: { LIMIT_PER_ADDRESS: '1000000', LIMIT_PER_SOURCE: '1000000', TRUSTED_PROXIES: '1' },
});
const results: Result[] = [
  {
    name: 'npm start, built and without data, until ready',
    value: (performance.now() - started) / 1_000,
    unit: 's',
    goal: { below: 20 },
  },
];
try {
  for (const [name, bench] of Object.entries(benches)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`… ${name}`);
    await waitUntilRunning(() => stack.local());
    const measured = await bench(stack.local());
    // Printed at once, so that a later failure does not lose them.
    console.log(rowsOf(measured).join('\n'));
    results.push(...measured);
  }
  await waitUntilRunning(() => stack.local());
  results.push(...memory(stack.local()));
  report(wanted.length > 0 ? wanted.join('-') : 'all', results);
} finally {
  await stack.stop();
}
