import { freeOrigin, newsletter, paidOrigin } from './traffic-origin.js';
import { personOf, type Person } from './person.js';
import type { Random } from './seeded-random.js';
import { contactForm, identify, mail, page, track, type Sending } from './simulated-request.js';

/** One step of a visit, so many ms after the one before. */
export interface Step {
  readonly after: number;
  readonly send: Sending;
}

/** What a visit is made from; `id` makes message ids that no other visit has. */
export interface Scene {
  readonly number: string;
  readonly random: Random;
  /** People who left their address before. */
  readonly known: readonly Person[];
}

/** A visit, and whom we know after it. */
export interface Visit {
  readonly steps: readonly Step[];
  readonly met?: Person;
}

type Script = (scene: Scene) => Visit;

const crawler = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
const scanner = 'Mozilla/5.0 (compatible; MailScanner/3.2; link-protection bot)';
const mailClient = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Thunderbird/140.0';

const posts = ['/blog/smarketing', '/blog/lead-scoring', '/blog/sla-basics', '/product', '/customers'];

/** Gives every step its place and its message id. */
const told = (
  { number, random }: Scene,
  pace: readonly [number, number],
  ...sends: ((id: string) => Sending)[]
): Step[] =>
  sends.map((send, n) => ({
    after: n === 0 ? 0 : random.between(...pace),
    send: send(`sim-${number}-${n}`),
  }));

const human = [1_500, 9_000] as const;

const stroller: Script = (scene) => {
  const { random, number } = scene;
  const who = { anonymousId: `anon-${number}` };
  const origin = random.chance(0.3) ? paidOrigin(random) : freeOrigin(random);
  const paths = ['/', ...Array.from({ length: random.whole(1, 3) }, () => random.pick(posts))];
  return {
    steps: told(
      scene,
      human,
      ...paths.map((path, n) => (id: string) => page(who, id, path, n === 0 ? origin : {})),
    ),
  };
};

const jobSeeker: Script = (scene) => {
  const who = { anonymousId: `anon-${scene.number}` };
  return {
    steps: told(
      scene,
      human,
      (id) => page(who, id, '/careers'),
      (id) => page(who, id, '/careers/engineer'),
    ),
  };
};

const reader: Script = (scene) => {
  const { random, number } = scene;
  const who = personOf(random.chance(0.8) ? 'business' : 'student', number, random);
  const origin = random.chance(0.6) ? paidOrigin(random) : freeOrigin(random);
  const steps = told(
    scene,
    human,
    (id) => page(who, id, '/resources/white-paper', origin),
    (id) => identify(who, id, random.chance(0.7)),
    (id) => track(who, id, 'White Paper Downloaded', { title: 'The two-way SLA' }, origin),
    ...(random.chance(0.4) ? [(id: string) => page(who, id, '/pricing')] : []),
  );
  return { steps, met: who };
};

const buyer: Script = (scene) => {
  const { random, number } = scene;
  const who = personOf(
    random.weighted([
      ['business', 12],
      ['student', 1],
      ['competitor', 1],
    ]),
    number,
    random,
  );
  const origin = random.chance(0.75) ? paidOrigin(random) : freeOrigin(random);
  const steps = told(
    scene,
    human,
    (id) => page(who, id, '/product', origin),
    (id) => page(who, id, '/pricing'),
    ...(random.chance(0.5) ? [(id: string) => page(who, id, '/customers')] : []),
    (id) => contactForm(who, id, origin, random.chance(0.9)),
  );
  return { steps, met: who };
};

const webinarGuest: Script = (scene) => {
  const { random, number } = scene;
  const who = personOf('business', number, random);
  const steps = told(
    scene,
    human,
    (id) => page(who, id, '/webinars/alignment', paidOrigin(random)),
    (id) => identify(who, id, random.chance(0.85)),
    (id) => track(who, id, 'Webinar Attended', { title: 'Marketing and sales as one loop' }),
    ...(random.chance(0.3) ? [(id: string) => track(who, id, 'Demo Requested', { product: 'Baton' })] : []),
  );
  return { steps, met: who };
};

const mailReader: Script = (scene) => {
  const who = scene.random.pick(scene.known);
  const clicks = scene.random.chance(0.4);
  const steps = told(
    scene,
    human,
    (id) => mail(who, id, 'Email Opened', mailClient),
    ...(clicks ? [(id: string) => mail(who, id, 'Email Link Clicked', mailClient)] : []),
    ...(clicks
      ? [(id: string) => page(who, id, scene.random.chance(0.5) ? '/pricing' : '/product', newsletter)]
      : []),
  );
  return { steps };
};

const returner: Script = (scene) => {
  const who = scene.random.pick(scene.known);
  const paths = ['/pricing', scene.random.pick(posts)];
  return { steps: told(scene, human, ...paths.map((path) => (id: string) => page(who, id, path))) };
};

/** A security gateway that opens a mail and follows every link within a second. */
const mailScanner: Script = (scene) => {
  const who = scene.random.pick(scene.known);
  const events = ['Email Opened', 'Email Link Clicked', 'Email Link Clicked', 'Email Link Clicked'];
  return {
    steps: told(scene, [100, 400], ...events.map((event) => (id: string) => mail(who, id, event, scanner))),
  };
};

const searchBot: Script = (scene) => {
  const who = { anonymousId: `anon-${scene.number}` };
  const paths = ['/', '/product', '/pricing', '/contact', '/blog/lead-scoring'];
  return {
    steps: told(scene, [150, 500], ...paths.map((path) => (id: string) => page(who, id, path, {}, crawler))),
  };
};

/** Who comes, and how often. */
export const personas: readonly (readonly [Script, number])[] = [
  [stroller, 34],
  [jobSeeker, 4],
  [reader, 18],
  [buyer, 9],
  [webinarGuest, 5],
  [mailReader, 14],
  [returner, 6],
  [mailScanner, 3],
  [searchBot, 7],
];

const needsAcquaintance = new Set<Script>([mailReader, returner, mailScanner]);

/** The next visit. While nobody is known yet, nobody comes back. */
export const nextVisit = (scene: Scene): Visit => {
  const possible =
    scene.known.length > 0 ? personas : personas.filter(([script]) => !needsAcquaintance.has(script));
  return scene.random.weighted(possible)(scene);
};
