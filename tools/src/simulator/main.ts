import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Desk, type Login } from './simulated-seller.js';
import { requestOf, sent } from './ingest-request.js';
import { diligent, picky, slow } from './seller-behaviour.js';
import { traffic } from './traffic.js';

/** What the simulator reads of `local.json`. */
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
// Without a seed each run has people of its own; with one it repeats itself message by message.
const seed = values.seed ?? Date.now().toString(36);
const rate = Number(values.rate);

const counts: Record<string, number> = {};
const count = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1);
const report = (): void => console.log(JSON.stringify({ time: new Date().toISOString(), seed, ...counts }));

const desks = [
  ['seller', diligent],
  ['seller2', picky],
  ['seller3', slow],
] as const;

for (const [key, habit] of desks) {
  const login = local.users[key];
  const did = (deed: string, status: number): void => count(`${deed} ${status}`);
  if (login) void new Desk({ gateway: local.gateway, login, habit, seed, did }).work();
}

setInterval(report, 60_000).unref();
report();

const started = Date.now();
for (const { at, send } of traffic({ seed, rate })) {
  await delay(Math.max(0, started + at - Date.now()));
  void sent(requestOf(local, send, new Date())).then((status) => count(`${send.to} ${status}`));
}
