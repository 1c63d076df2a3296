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
