import { withClientFaults } from './client-faults.js';
import type { Person } from './person.js';
import { SeededRandom } from './seeded-random.js';
import type { SimulatedRequest } from './simulated-request.js';
import { nextVisit } from './visit.js';

/** A request and its send time, ms from the start of the run. */
export interface ScheduledRequest {
  readonly atMs: number;
  readonly request: SimulatedRequest;
}

export interface TrafficOptions {
  readonly seed: string;
  /** Requests per second on average. */
  readonly rate: number;
}

/** Requests of an average visit. */
const REQUESTS_PER_VISIT = 3.3;
/** Identified people kept as candidates for returning visits. */
const MAX_KNOWN_PEOPLE = 500;

/**
 * Endless traffic of overlapping visits, ordered by send time. The same seed gives the same traffic.
 */
export function* traffic({ seed, rate }: TrafficOptions): Generator<ScheduledRequest, never> {
  const random = new SeededRandom(seed);
  const knownPeople: Person[] = [];
  const pending: ScheduledRequest[] = [];
  const active: { readonly untilMs: number; readonly person: Person }[] = [];
  for (let visit = 0, arrivalMs = 0; ; visit += 1) {
    // A person becomes a candidate for e-mails and returning visits only after the visit that identified them has ended.
    const ended = active.filter(({ untilMs }) => untilMs < arrivalMs);
    for (const one of ended) active.splice(active.indexOf(one), 1);
    knownPeople.push(...ended.map(({ person }) => person));
    knownPeople.splice(0, Math.max(0, knownPeople.length - MAX_KNOWN_PEOPLE));
    const { steps, identified } = nextVisit({ number: `${seed}-${visit}`, random, knownPeople });
    let atMs = arrivalMs;
    for (const step of withClientFaults(steps, random)) {
      atMs += step.delayMs;
      pending.push({ atMs, request: step.request });
    }
    if (identified) active.push({ untilMs: atMs, person: identified });
    arrivalMs += random.exponential((1_000 * REQUESTS_PER_VISIT) / rate);
    pending.sort((one, other) => one.atMs - other.atMs);
    const due = pending.findIndex((scheduled) => scheduled.atMs > arrivalMs);
    yield* pending.splice(0, due === -1 ? pending.length : due);
  }
}
