import type { Condition } from '@baton/conditions';
import {
  ASSISTING,
  BUYING,
  CALLED_OFF,
  DOWNLOAD,
  SENIOR,
  SENIOR_TITLES,
  STUDENT,
  WEBINAR,
} from './default-words.js';
import type { HalfLife, Rule, ScoringModel } from './scoring-model.js';

const days = (amount: number): HalfLife => ({ amount, unit: 'days' });
const any = (...conditions: Condition[]): Condition => ({ any: conditions });
const all = (...conditions: Condition[]): Condition => ({ all: conditions });
const hasWord = (fact: string, words: readonly string[]): Condition => ({ fact, hasWord: words });

const senior = all(any(hasWord('traits.jobTitle', SENIOR), { fact: 'traits.jobTitle', in: SENIOR_TITLES }), {
  not: hasWord('traits.jobTitle', ASSISTING),
});

/** Something that the person did: no page view, and no event that did not take place. */
const did = (condition: Condition): Condition =>
  all({ fact: 'kind', in: ['form', 'track'] }, condition, { not: hasWord('name', CALLED_OFF) });

const fit: readonly Rule[] = [
  {
    key: 'business-address',
    label: 'writes from a company address',
    group: 'contact',
    when: { fact: 'traits.emailKind', is: 'business' },
    points: 5,
  },
  {
    key: 'free-mail',
    label: 'writes from a free-mail address',
    group: 'contact',
    when: { fact: 'traits.emailKind', in: ['free', 'disposable'] },
    points: -10,
  },
  {
    key: 'company-known',
    label: 'told us the company',
    group: 'company',
    when: { fact: 'traits.company', exists: true },
    points: 4,
  },
  {
    key: 'fifty-employees',
    label: 'company of 50 people or more',
    group: 'company',
    when: { fact: 'traits.employees', atLeast: 50 },
    points: 15,
  },
  {
    key: 'thousand-employees',
    label: 'company of 1,000 people or more',
    group: 'company',
    when: { fact: 'traits.employees', atLeast: 1_000 },
    points: 5,
  },
  {
    key: 'competitor',
    label: 'is a competitor',
    group: 'company',
    when: any(
      { fact: 'traits.competitor', is: true },
      { fact: 'traits.emailDomain', in: ['competitor.example'] },
    ),
    points: -100,
  },
  {
    key: 'title-known',
    label: 'told us the role',
    group: 'role',
    when: { fact: 'traits.jobTitle', exists: true },
    points: 3,
  },
  {
    key: 'senior-role',
    label: 'decides, or is close to who does',
    group: 'role',
    when: senior,
    points: 15,
  },
  {
    key: 'student',
    label: 'is a student',
    group: 'role',
    when: any(
      { fact: 'traits.emailKind', is: 'education' },
      all(hasWord('traits.jobTitle', STUDENT), { not: senior }),
    ),
    points: -30,
  },
];

const engagement: readonly Rule[] = [
  {
    key: 'form-filled',
    label: 'filled in a form',
    group: 'intent',
    when: { fact: 'kind', is: 'form' },
    points: 15,
    cap: 25,
    halfLife: days(30),
  },
  {
    key: 'asked-to-buy',
    label: 'asked for pricing or a demo',
    group: 'intent',
    when: any(
      hasWord('properties.interest', BUYING),
      did(all({ fact: 'kind', is: 'form' }, hasWord('name', BUYING))),
      { fact: 'name', in: ['Demo Requested', 'Trial Started', 'Quote Requested'] },
    ),
    points: 30,
    cap: 45,
    halfLife: days(30),
  },
  {
    key: 'meeting-booked',
    label: 'booked a meeting',
    group: 'intent',
    when: { fact: 'name', in: ['Meeting Booked', 'Call Booked'] },
    points: 30,
    cap: 30,
    halfLife: days(30),
  },
  {
    key: 'signed-up',
    label: 'signed up',
    group: 'intent',
    when: { fact: 'name', in: ['Signed Up', 'Lead'] },
    points: 10,
    cap: 10,
    halfLife: days(30),
  },
  {
    key: 'webinar',
    label: 'came to a webinar',
    group: 'content',
    when: did(hasWord('name', WEBINAR)),
    points: 10,
    cap: 20,
    halfLife: days(21),
  },
  {
    key: 'download',
    label: 'downloaded something',
    group: 'content',
    when: did(hasWord('name', DOWNLOAD)),
    points: 8,
    cap: 20,
    halfLife: days(21),
  },
  {
    key: 'page',
    label: 'visited a page',
    group: 'website',
    when: { fact: 'kind', in: ['page', 'screen'] },
    points: 1,
    cap: 8,
    halfLife: days(7),
  },
  {
    key: 'pricing-page',
    label: 'looked at the prices',
    group: 'website',
    when: {
      all: [
        { fact: 'kind', in: ['page', 'screen'] },
        any({ fact: 'pageUrl', contains: '/pricing' }, hasWord('name', ['pricing', 'prices'])),
      ],
    },
    points: 5,
    cap: 15,
    halfLife: days(14),
  },
  {
    key: 'product-viewed',
    label: 'looked at a product',
    group: 'website',
    when: { fact: 'name', in: ['Product Viewed', 'Product Added'] },
    points: 3,
    cap: 12,
    halfLife: days(14),
  },
  {
    key: 'careers-page',
    label: 'looks for a job',
    group: 'website',
    when: all(
      { fact: 'kind', is: 'page' },
      any({ fact: 'pageUrl', contains: '/careers' }, { fact: 'pageUrl', contains: '/jobs' }),
    ),
    points: -5,
    cap: 15,
    halfLife: days(30),
  },
  {
    key: 'email-opened',
    label: 'opened an e-mail',
    group: 'email',
    when: { fact: 'name', is: 'Email Opened' },
    points: 1,
    cap: 5,
    halfLife: days(7),
  },
  {
    key: 'email-clicked',
    label: 'clicked in an e-mail',
    group: 'email',
    when: { fact: 'name', in: ['Email Clicked', 'Email Link Clicked'] },
    points: 5,
    cap: 15,
    halfLife: days(14),
  },
  {
    key: 'unsubscribed',
    label: 'wants no more e-mail',
    group: 'email',
    when: { fact: 'name', in: ['Unsubscribed', 'Email Unsubscribed', 'Email Marked as Spam'] },
    points: -20,
    cap: 20,
    halfLife: days(90),
  },
];

/**
 * What a new installation scores with until both teams sign their own. Made so that one rich form fill (company address, company,
 * role, 50 people or a senior role, interest in prices or a demo, consent) is sales-ready at once, and no number of page
 * views ever is. The competitors' domains are an example to replace.
 */
export const defaultScoringModel: ScoringModel = {
  grades: [
    { grade: 'A', from: 80 },
    { grade: 'B', from: 60 },
    { grade: 'C', from: 40 },
    { grade: 'D', from: 20 },
    { grade: 'E', from: 0 },
  ],
  total: { min: 0, max: 100 },
  groups: [
    { key: 'contact', label: 'Address', axis: 'fit', cap: 5 },
    { key: 'company', label: 'Company', axis: 'fit', cap: 25 },
    { key: 'role', label: 'Role', axis: 'fit', cap: 20 },
    { key: 'intent', label: 'Wants to buy', axis: 'engagement', cap: 60 },
    { key: 'content', label: 'Content', axis: 'engagement', cap: 25 },
    { key: 'website', label: 'Website', axis: 'engagement', cap: 15 },
    { key: 'email', label: 'E-mail', axis: 'engagement', cap: 15 },
  ],
  matrix: { fit: { A: 35, B: 20, C: 8 }, engagement: { 1: 45, 2: 25, 3: 10 } },
  rules: [...fit, ...engagement],
};
