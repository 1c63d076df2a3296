import type { ActivityRecordedV1, Identifiers } from '@baton/contracts';
import fc from 'fast-check';
import { activity } from './lead.example.js';

const DEVICES = ['a1', 'a2', 'a3'];
const USERS = ['u1', 'u2', 'guest', 'null', 'a1'];
const EMAILS = ['ada@engines.example', 'Bob@engines.example', 'no address'];

/** Few values, so that the calls meet; a user id may equal an anonymous id, and some are placeholders. */
const identifiers: fc.Arbitrary<Identifiers> = fc.record(
  {
    anonymousId: fc.constantFrom(...DEVICES, 'undefined'),
    userId: fc.constantFrom(...USERS),
    email: fc.constantFrom(...EMAILS),
    crmId: fc.constantFrom('crm:1', 'crm:2'),
    phone: fc.constantFrom('+442071838750', '+442071838751'),
    previousId: fc.constantFrom(...DEVICES, ...USERS),
  },
  { requiredKeys: [] },
);

/** One to ten calls; `alias` is whatever carries a previous id. */
export const randomCalls: fc.Arbitrary<ActivityRecordedV1[]> = fc
  .array(fc.record({ identifiers, bot: fc.boolean() }), { minLength: 1, maxLength: 10 })
  .map((calls) =>
    calls.map(({ identifiers, bot }) =>
      activity({
        kind: identifiers.previousId === undefined ? 'identify' : 'alias',
        identifiers,
        bot,
      }),
    ),
  );

const seen: fc.Arbitrary<Identifiers> = fc
  .record(
    {
      anonymousId: fc.constantFrom(...DEVICES),
      userId: fc.constantFrom('u1', 'u2', 'u3'),
      crmId: fc.constantFrom('crm:1', 'crm:2'),
      phone: fc.constantFrom('+442071838750', '+442071838751'),
      email: fc.constantFrom('ada@e.example', 'bob@e.example', 'cy@e.example', 'info@e.example'),
    },
    { requiredKeys: [] },
  )
  .filter((identifiers) => Object.keys(identifiers).length > 0);

/** Up to eight activities of people who share devices, addresses and user ids, each at a time of its own. */
export const randomPeople: fc.Arbitrary<ActivityRecordedV1[]> = fc
  .array(
    fc.record({
      identifiers: seen,
      daysAgo: fc.double({ min: 0, max: 300, noNaN: true }),
      kind: fc.constantFrom('page', 'form', 'identify'),
      channel: fc.constantFrom('direct', 'email', 'paid-search'),
      company: fc.option(fc.constantFrom('A', 'B'), { nil: undefined }),
      consent: fc.option(fc.boolean(), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((calls) =>
    calls.map(({ identifiers, daysAgo, kind, channel, company, consent }) =>
      activity(
        {
          kind: kind as 'page',
          channel,
          identifiers,
          ...(company === undefined ? {} : { traits: { company } }),
          ...(consent === undefined ? {} : { marketingConsent: consent }),
        },
        daysAgo,
      ),
    ),
  );
