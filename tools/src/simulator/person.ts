import type { SeededRandom } from './seeded-random.js';

/** A simulated visitor with the values they enter in a form. */
export interface Person {
  readonly anonymousId: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly company?: string;
  readonly jobTitle?: string;
  readonly employees?: number;
  readonly industry?: string;
  readonly country: string;
}

export type Kind = 'business' | 'student' | 'competitor';

const FIRST = [
  'Ada',
  'Grace',
  'Linus',
  'Margaret',
  'Alan',
  'Hedy',
  'Tim',
  'Radia',
  'Ken',
  'Barbara',
  'Lea',
  'Noah',
  'Emma',
  'Luis',
  'Mei',
  'Omar',
];
const LAST = [
  'Berger',
  'Novak',
  'Rossi',
  'Dubois',
  'Silva',
  'Jansen',
  'Kowalski',
  'Larsen',
  'Murphy',
  'Okafor',
  'Tanaka',
  'Weber',
];
const FIRM = [
  'Alpen',
  'Borealis',
  'Cobalt',
  'Delta',
  'Ember',
  'Fjord',
  'Granit',
  'Harbor',
  'Iris',
  'Juniper',
  'Kestrel',
  'Lumen',
];
const TRADE = ['Logistics', 'Foods', 'Systems', 'Bank', 'Clinics', 'Energy', 'Machines', 'Retail'];
const TITLES = [
  ['VP Marketing', 2],
  ['Head of Operations', 3],
  ['CTO', 1],
  ['Sales Director', 2],
  ['Marketing Manager', 4],
  ['Analyst', 4],
  ['Assistant', 2],
] as const;
const SIZES = [
  [8, 3],
  [35, 3],
  [120, 4],
  [450, 3],
  [2_400, 1],
] as const;
const COUNTRIES = ['DE', 'FR', 'NL', 'US', 'GB', 'PL', 'ES', 'SE'];
const INDUSTRIES = ['software', 'manufacturing', 'finance', 'healthcare', 'retail', 'logistics'];

/** Person number `n` of a run; e-mail addresses are unique per run. */
export const personOf = (kind: Kind, n: string, random: SeededRandom): Person => {
  const [firstName, lastName, country] = [random.pick(FIRST), random.pick(LAST), random.pick(COUNTRIES)];
  const known = { anonymousId: `anon-${n}`, firstName, lastName, country };
  const mailbox = `${firstName}.${lastName}.${n}`.toLowerCase();
  if (kind === 'student') {
    return { ...known, email: `${mailbox}@students.example.edu`, jobTitle: 'Student' };
  }
  const competitor = kind === 'competitor';
  const firm = competitor ? 'Competitor' : `${random.pick(FIRM)} ${random.pick(TRADE)}`;
  const domain = competitor ? 'competitor.example' : `${firm.toLowerCase().replace(' ', '-')}.example`;
  return {
    ...known,
    email: `${mailbox}@${domain}`,
    company: firm,
    jobTitle: random.weighted(TITLES),
    employees: random.weighted(SIZES),
    industry: random.pick(INDUSTRIES),
  };
};
