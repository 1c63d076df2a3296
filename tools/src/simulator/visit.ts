import { organicOrigin, NEWSLETTER, paidOrigin } from './traffic-origin.js';
import { personOf, type Person } from './person.js';
import type { SeededRandom } from './seeded-random.js';
import {
  contactForm,
  identify,
  emailEvent,
  pageView,
  track,
  type SimulatedRequest,
} from './simulated-request.js';

/** One request of a visit, `delayMs` after the previous one. */
export interface Step {
  readonly delayMs: number;
  readonly request: SimulatedRequest;
}

/** Input of a visit; `number` is unique per run and prefixes the message ids. */
export interface VisitContext {
  readonly number: string;
  readonly random: SeededRandom;
  /** People identified by earlier visits. */
  readonly knownPeople: readonly Person[];
}

/** The requests of a visit and the person it identified. */
export interface Visit {
  readonly steps: readonly Step[];
  readonly identified?: Person;
}

type Script = (context: VisitContext) => Visit;

const CRAWLER = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
const MAIL_SCANNER = 'Mozilla/5.0 (compatible; MailScanner/3.2; link-protection bot)';
const MAIL_CLIENT =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Thunderbird/140.0';

const PATHS = ['/blog/smarketing', '/blog/lead-scoring', '/blog/sla-basics', '/product', '/customers'];

/** Assigns a delay and a message id to each request. */
const stepsOf = (
  { number, random }: VisitContext,
  delayMs: readonly [number, number],
  ...requests: ((id: string) => SimulatedRequest)[]
): Step[] =>
  requests.map((request, n) => ({
    delayMs: n === 0 ? 0 : random.between(...delayMs),
    request: request(`sim-${number}-${n}`),
  }));

const HUMAN_DELAY_MS = [1_500, 9_000] as const;

const casualVisitor: Script = (context) => {
  const { random, number } = context;
  const person = { anonymousId: `anon-${number}` };
  const origin = random.boolean(0.3) ? paidOrigin(random) : organicOrigin(random);
  const paths = ['/', ...Array.from({ length: random.integer(1, 3) }, () => random.pick(PATHS))];
  return {
    steps: stepsOf(
      context,
      HUMAN_DELAY_MS,
      ...paths.map((path, n) => (id: string) => pageView(person, id, path, n === 0 ? origin : {})),
    ),
  };
};

const jobSeeker: Script = (context) => {
  const person = { anonymousId: `anon-${context.number}` };
  return {
    steps: stepsOf(
      context,
      HUMAN_DELAY_MS,
      (id) => pageView(person, id, '/careers'),
      (id) => pageView(person, id, '/careers/engineer'),
    ),
  };
};

const whitePaperReader: Script = (context) => {
  const { random, number } = context;
  const person = personOf(random.boolean(0.8) ? 'business' : 'student', number, random);
  const origin = random.boolean(0.6) ? paidOrigin(random) : organicOrigin(random);
  const steps = stepsOf(
    context,
    HUMAN_DELAY_MS,
    (id) => pageView(person, id, '/resources/white-paper', origin),
    (id) => identify(person, id, random.boolean(0.7)),
    (id) => track(person, id, 'White Paper Downloaded', { title: 'The two-way SLA' }, origin),
    ...(random.boolean(0.4) ? [(id: string) => pageView(person, id, '/pricing')] : []),
  );
  return { steps, identified: person };
};

const buyer: Script = (context) => {
  const { random, number } = context;
  const person = personOf(
    random.weighted([
      ['business', 12],
      ['student', 1],
      ['competitor', 1],
    ]),
    number,
    random,
  );
  const origin = random.boolean(0.75) ? paidOrigin(random) : organicOrigin(random);
  const steps = stepsOf(
    context,
    HUMAN_DELAY_MS,
    (id) => pageView(person, id, '/product', origin),
    (id) => pageView(person, id, '/pricing'),
    ...(random.boolean(0.5) ? [(id: string) => pageView(person, id, '/customers')] : []),
    (id) => contactForm(person, id, origin, random.boolean(0.9)),
  );
  return { steps, identified: person };
};

const webinarGuest: Script = (context) => {
  const { random, number } = context;
  const person = personOf('business', number, random);
  const steps = stepsOf(
    context,
    HUMAN_DELAY_MS,
    (id) => pageView(person, id, '/webinars/alignment', paidOrigin(random)),
    (id) => identify(person, id, random.boolean(0.85)),
    (id) => track(person, id, 'Webinar Attended', { title: 'Marketing and sales as one loop' }),
    ...(random.boolean(0.3)
      ? [(id: string) => track(person, id, 'Demo Requested', { product: 'Baton' })]
      : []),
  );
  return { steps, identified: person };
};

const emailReader: Script = (context) => {
  const person = context.random.pick(context.knownPeople);
  const clicks = context.random.boolean(0.4);
  const steps = stepsOf(
    context,
    HUMAN_DELAY_MS,
    (id) => emailEvent(person, id, 'Email Opened', MAIL_CLIENT),
    ...(clicks ? [(id: string) => emailEvent(person, id, 'Email Link Clicked', MAIL_CLIENT)] : []),
    ...(clicks
      ? [
          (id: string) =>
            pageView(person, id, context.random.boolean(0.5) ? '/pricing' : '/product', NEWSLETTER),
        ]
      : []),
  );
  return { steps };
};

const returningVisitor: Script = (context) => {
  const person = context.random.pick(context.knownPeople);
  const paths = ['/pricing', context.random.pick(PATHS)];
  return {
    steps: stepsOf(
      context,
      HUMAN_DELAY_MS,
      ...paths.map((path) => (id: string) => pageView(person, id, path)),
    ),
  };
};

/** A mail security gateway: opens a mail and requests every link within about a second. */
const mailScanner: Script = (context) => {
  const person = context.random.pick(context.knownPeople);
  const events = ['Email Opened', 'Email Link Clicked', 'Email Link Clicked', 'Email Link Clicked'];
  return {
    steps: stepsOf(
      context,
      [100, 400],
      ...events.map((event) => (id: string) => emailEvent(person, id, event, MAIL_SCANNER)),
    ),
  };
};

const searchBot: Script = (context) => {
  const person = { anonymousId: `anon-${context.number}` };
  const paths = ['/', '/product', '/pricing', '/contact', '/blog/lead-scoring'];
  return {
    steps: stepsOf(
      context,
      [150, 500],
      ...paths.map((path) => (id: string) => pageView(person, id, path, {}, CRAWLER)),
    ),
  };
};

/** Visit types with their relative frequency. */
export const PERSONAS: readonly (readonly [Script, number])[] = [
  [casualVisitor, 34],
  [jobSeeker, 4],
  [whitePaperReader, 18],
  [buyer, 9],
  [webinarGuest, 5],
  [emailReader, 14],
  [returningVisitor, 6],
  [mailScanner, 3],
  [searchBot, 7],
];

const REQUIRES_KNOWN_PERSON = new Set<Script>([emailReader, returningVisitor, mailScanner]);

/** Draws the next visit. Visit types of known people are left out until one has been identified. */
export const nextVisit = (context: VisitContext): Visit => {
  const possible =
    context.knownPeople.length > 0
      ? PERSONAS
      : PERSONAS.filter(([script]) => !REQUIRES_KNOWN_PERSON.has(script));
  return context.random.weighted(possible)(context);
};
