import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Database } from '@baton/bus';
import { ActivityRecorded, encode } from '@baton/contracts';
import { Definitions } from '@baton/definitions';
import { Timers } from '@baton/timers';
import { DataSource } from 'typeorm';
import { toWire } from '@baton/bus';
import { scoring } from './src/scoring.module.js';
import { funnelKind } from './src/funnel/funnel.kind.js';
import { scoringModelKind } from './src/model/scoring-model.kind.js';
import { InForceStore } from './src/model/in-force.store.js';
import { OnDefinitionActivated } from './src/model/on-definition-activated.js';
import { LeadStore } from './src/lead/lead.store.js';
import { ActivityStore } from './src/lead/activity.store.js';
import { TallyStore } from './src/lead/tally.store.js';
import { MonthStore } from './src/lead/month.store.js';
import { OnActivityRecorded } from './src/lead/on-activity-recorded.js';

const [url] = process.argv.slice(2) as [string];
const TOTAL = Number(process.env.TOTAL ?? 60_000), LEADS = Number(process.env.LEADS ?? 6_000), BATCH = Number(process.env.BATCH ?? 500);
const RICH = process.env.RICH === '1';
const admin = await new DataSource({ type: 'postgres', url }).initialize();
const name = 'drain' + randomUUID().slice(0, 8);
await admin.query(`create database ${name}`);
await admin.destroy();
const dburl = new URL(url); dburl.pathname = '/' + name;
const options = { type: 'postgres' as const, url: dburl.href, schema: 'scoring', migrations: [...scoring.migrations], extra: { options: '-c search_path=scoring' } };
const boot = await new DataSource({ type: 'postgres', url: dburl.href }).initialize();
await boot.query('create schema scoring'); await boot.destroy();
const source = await new DataSource(options).initialize();
await source.runMigrations({ transaction: 'each' });
const database = new Database(source);
const clock = { now: () => new Date() };
const outbox = { transact: async (work: any) => database.transaction(async (tx) => (await work(tx)).result) } as any;
const timers = new Timers(clock);
const definitions = new Definitions([funnelKind, scoringModelKind], outbox, () => new OnDefinitionActivated(timers));
await definitions.installDefaults(new Date());
await new MonthStore().prepare(database, new Date());
const activities = new ActivityStore();
const handler = new OnActivityRecorded(new LeadStore(timers), activities, new TallyStore(activities), new InForceStore(definitions), clock as any);
const run = name;
const activity = (i: number) => {
  const lead = i % LEADS; const step = Math.floor(i / LEADS); const person = `${run}-${lead}`; const first = step === 0;
  return {
    activityId: randomUUID(), sourceId: 'bench', messageId: `${run}-${i}`,
    kind: first ? (RICH ? 'form' : 'identify') : step % 3 === 0 ? 'track' : 'page', name: first ? '' : step % 3 === 0 ? 'White Paper Downloaded' : 'Products',
    occurredAt: new Date(Date.now() - (20 - step) * 60_000).toISOString(), receivedAt: new Date().toISOString(),
    personKey: createHash('sha256').update(person).digest('hex').slice(0, 32),
    identifiers: first ? { email: `${person}@company${lead % 500}.example`, anonymousId: person } : { anonymousId: person },
    traits: first ? { name: `Lead ${lead}`, company: `Company ${lead % 500}`, jobTitle: 'Head of x', employees: lead % 1000 } : {},
    properties: { title: 'Products', plan: 'team', note: 'x'.repeat(200), ...(RICH && first ? { interest: 'pricing' } : {}) },
    channel: 'paid-search', campaign: { name: 'bench', source: 'google', medium: 'cpc' },
    pageUrl: 'https://www.engines.example/products', ...(first ? { marketingConsent: true } : {}), bot: false,
  } as any;
};
const messageAt = (i: number) => ({ contract: ActivityRecorded, data: activity(i), id: '', source: '/ingestion', subject: '', time: new Date(), place: { topic: 'activity', partition: 0, offset: BigInt(i) } });
const spent: Record<string, number> = {};
const pgSpent: Record<string, number> = {}; const exact = () => { const [pid] = pids.keys(); return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6; };
const pids = new Map<number, number>();
const pgTicks = (pid: number) => { const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' '); return Number(f[11]) + Number(f[12]); };
let wall = 0; const used = { user: 0, system: 0 };
let events = 0;
for (let at = 0; at < TOTAL; at += BATCH) {
  const messages = Array.from({ length: BATCH }, (_, i) => messageAt(at + i));
  const began = performance.now(); const cpu = process.cpuUsage();
  await database.transaction(async (tx) => {
    if (at === 0) { const [{ pid }] = await tx.rows<any>('select pg_backend_pid() as pid'); pids.set(pid, pgTicks(pid)); if (process.env.RENICE) (await import('node:child_process')).execSync('renice -n -19 -p ' + pid); }
    const timed = { ...tx, rows: async (sql: string, values?: readonly unknown[]) => {
      const t = performance.now(); const p0 = exact(); const rows = await tx.rows<any>(sql, values); const p1 = exact(); 
      const key = sql.trim().slice(0, 40).replace(/\s+/g, ' '); spent[key] = (spent[key] ?? 0) + performance.now() - t; pgSpent[key] = (pgSpent[key] ?? 0) + p1 - p0; return rows; } } as any;
    const out = await handler.handle(messages as any, timed);
    const t = performance.now();
    const wire = out.map((e) => toWire(e, 'scoring', new Date().toISOString()));
    spent['-wire'] = (spent['-wire'] ?? 0) + performance.now() - t;
    if (wire.length) await timed.rows('insert into outbox (messages) values ($1)', [JSON.stringify(wire)]);
    events += out.length;
  });
  const d = process.cpuUsage(cpu); used.user += d.user; used.system += d.system; wall += performance.now() - began;
  await database.rows('delete from outbox');
}

const [pid] = [...pids][0]!;
console.log({ wall: Math.round(wall), perSecond: Math.round(TOTAL / wall * 1000), nodeUsPerEvent: Math.round((used.user + used.system) / TOTAL), events, heapMB: Math.round(process.memoryUsage().rss / 1e6),
  pgUsPerEvent: Math.round((pgTicks(pid) - pids.get(pid)!) * 10_000 / TOTAL) });
for (const [k, v] of Object.entries(spent).sort((a, b) => b[1] - a[1])) console.log(String(Math.round(v)).padStart(7), 'ms', (v * 1000 / TOTAL).toFixed(1).padStart(6), 'us/ev', ((pgSpent[k] ?? 0) * 1000 / TOTAL).toFixed(1).padStart(6), 'pg us/ev', k);
await source.destroy();
process.exit(0);
