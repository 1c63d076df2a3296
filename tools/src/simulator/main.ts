import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { SimulatedSeller, type Login } from './simulated-seller.js';
import { toRequest, sendRequest } from './ingest-request.js';
import { DILIGENT, SELECTIVE, SLOW } from './seller-behaviour.js';
import { traffic } from './traffic.js';

/** The fields of `local.json` the simulator uses. */
interface Local {
  readonly gateway: string;
  readonly ingestion: string;
  readonly writeKey: string;
  readonly formId: string;
  readonly users: Readonly<Record<string, Login>>;
}

const { values } = parseArgs({
  options: { local: { type: 'string' }, rate: { type: 'string', default: '3' }, seed: { type: 'string' } },
});
const local = JSON.parse(readFileSync(values.local ?? '.baton/local.json', 'utf8')) as Local;
// A fixed seed repeats the run message by message; without one each run generates new people.
const seed = values.seed ?? Date.now().toString(36);
const rate = Number(values.rate);

const counts: Record<string, number> = {};
const count = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1);
const report = (): void => console.log(JSON.stringify({ time: new Date().toISOString(), seed, ...counts }));

const sellers = [
  ['seller', DILIGENT],
  ['seller2', SELECTIVE],
  ['seller3', SLOW],
] as const;

for (const [key, behaviour] of sellers) {
  const login = local.users[key];
  const onAction = (action: string, status: number): void => count(`${action} ${status}`);
  if (login) void new SimulatedSeller({ gateway: local.gateway, login, behaviour, seed, onAction }).run();
}

setInterval(report, 60_000).unref();
report();

const started = Date.now();
for (const { atMs, request } of traffic({ seed, rate })) {
  await delay(Math.max(0, started + atMs - Date.now()));
  void sendRequest(toRequest(local, request, new Date())).then((status) => count(`${request.to} ${status}`));
}
