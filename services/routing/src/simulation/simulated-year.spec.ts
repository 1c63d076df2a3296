import { describe, expect, it } from '@jest/globals';
import { recount } from '../agreement/recount.example.js';
import { isOpen } from '../handoff/handoff.js';
import { SimulatedYear } from './simulated-year.example.js';
import { terms } from './terms.example.js';

/** `SIMULATION_SEEDS=1-20` runs 10,000 hand-offs of each of these seeds; every run has fewer. */
const wanted = process.env['SIMULATION_SEEDS'];
const HANDOFFS = wanted ? 10_000 : 1_000;
const [from, to] = (wanted ?? '1-3').split('-').map(Number);
const seeds = Array.from({ length: to! - from! + 1 }, (_, n) => from! + n);

describe('a simulated year', () => {
  it.each(seeds)(
    'of seed %i leaves each offer one owner with its clocks, each clock one end, and a ledger that a recount equals',
    (seed) => {
      const year = new SimulatedYear(seed, HANDOFFS);
      year.run();
      expect(year.handoffs.size).toBe(HANDOFFS);
      const faults: string[] = [];
      const seen = new Map<string, number>();
      for (const [id, { history, ledger }] of year.handoffs) {
        const handoff = year.handoffOf(id);
        for (const { type } of history) seen.set(type, (seen.get(type) ?? 0) + 1);
        const offers = history.filter(({ type }) => type === 'offered' || type === 'reassigned').length;
        if (handoff.offerNumber !== offers)
          faults.push(`${id}: ${offers} offers, counted ${handoff.offerNumber}`);
        if (
          handoff.version !==
          history.filter(({ type }) => type !== 'kept-waiting' && type !== 'team-changed').length
        )
          faults.push(`${id}: version ${handoff.version}`);
        if (isOpen(handoff) && (handoff.status === 'waiting') !== (handoff.seller === null))
          faults.push(`${id}: ${handoff.status} without an owner`);
        faults.push(...faultsOfClocks(id, handoff.status, handoff.clocks));
        faults.push(...repeated(history).map((step) => `${id}: ${step} twice`));
        const counted = Object.fromEntries([...recount(history, terms.segment, year.now)].sort());
        const written = Object.fromEntries(
          [...ledger.values()]
            .filter(({ cause }) => cause !== 'complete')
            .map(({ cause, side }): [string, string] => [cause, side])
            .sort(),
        );
        if (JSON.stringify(counted) !== JSON.stringify(written))
          faults.push(`${id}: ledger ${JSON.stringify(written)}, recount ${JSON.stringify(counted)}`);
      }
      expect(faults.slice(0, 5)).toEqual([]);
      // A year in which nothing goes wrong would prove nothing.
      for (const type of [
        'warned',
        'escalated',
        'breached',
        'reassigned',
        'retimed',
        'attempted',
        'qualified',
      ])
        expect([type, (seen.get(type) ?? 0) > 0]).toEqual([type, true]);
    },
    60_000,
  );
});

type Clocks = ReturnType<SimulatedYear['handoffOf']>['clocks'];

/** A year after the last lead each clock has ended: met, breached or both in this order, or cancelled with its offer. */
const faultsOfClocks = (id: string, status: string, clocks: Clocks): string[] => [
  ...(status === 'offered' && clocks.map(({ name }) => name).join() !== 'accept'
    ? [`${id}: clocks of an offer`]
    : []),
  ...(status === 'accepted' && !clocks.some(({ name }) => name === 'first-touch')
    ? [`${id}: no first touch`]
    : []),
  ...clocks.flatMap(({ name, metAt, breachedAt, dueAt, pendingSteps }) => {
    if (metAt === undefined && breachedAt === undefined) return [`${id}: ${name} has no end`];
    if (pendingSteps.length > 0) return [`${id}: ${name} has steps left`];
    if (breachedAt !== undefined && breachedAt < dueAt) return [`${id}: ${name} breached too early`];
    return metAt !== undefined && breachedAt === undefined && metAt >= dueAt
      ? [`${id}: ${name} late and not breached`]
      : [];
  }),
];

/** Steps that were carried out twice within one offer. */
const repeated = (history: Parameters<typeof recount>[0]): string[] => {
  let done = new Set<string>();
  return history.flatMap((event) => {
    if (event.type === 'offered' || event.type === 'reassigned') done = new Set();
    if (event.type !== 'warned' && event.type !== 'escalated' && event.type !== 'breached') return [];
    const step = `${event.type} ${event.clock} ${'why' in event ? event.why : ''}`;
    if (done.has(step)) return [step];
    done.add(step);
    return [];
  });
};
