import { withMishaps } from './client-faults.js';
import type { Person } from './person.js';
import { Random } from './seeded-random.js';
import type { Sending } from './simulated-request.js';
import { nextVisit } from './visit.js';

/** A request and when to send it, ms from the beginning. */
export interface Planned {
  readonly at: number;
  readonly send: Sending;
}

export interface TrafficOptions {
  readonly seed: string;
  /** Requests per second on average. */
  readonly rate: number;
}

/** Requests that an average visit makes. */
const perVisit = 3.3;
const remembered = 500;

/**
 * Endless traffic of many visits at the same time, in the order of sending. The same seed gives the same traffic.
 */
export function* traffic({ seed, rate }: TrafficOptions): Generator<Planned, never> {
  const random = new Random(seed);
  const known: Person[] = [];
  const waiting: Planned[] = [];
  const visiting: { readonly until: number; readonly met: Person }[] = [];
  for (let visit = 0, arrival = 0; ; visit += 1) {
    // Only who has left again can come back, or be written to.
    const left = visiting.filter(({ until }) => until < arrival);
    for (const one of left) visiting.splice(visiting.indexOf(one), 1);
    known.push(...left.map(({ met }) => met));
    known.splice(0, Math.max(0, known.length - remembered));
    const { steps, met } = nextVisit({ number: `${seed}-${visit}`, random, known });
    let at = arrival;
    for (const step of withMishaps(steps, random)) waiting.push({ at: (at += step.after), send: step.send });
    if (met) visiting.push({ until: at, met });
    arrival += random.wait((1_000 * perVisit) / rate);
    waiting.sort((one, other) => one.at - other.at);
    const due = waiting.findIndex((planned) => planned.at > arrival);
    yield* waiting.splice(0, due === -1 ? waiting.length : due);
  }
}
