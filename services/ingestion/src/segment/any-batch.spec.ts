import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidMessage } from '../activity/invalid-message.js';
import { requestContext } from '../activity/request-context.example.js';
import { activitiesIn, activityIn } from './segment-request.js';
import { SEGMENT_KINDS } from './segment-message.js';

const json = fc.jsonValue({ maxDepth: 3 });
const message = fc.record(
  {
    type: fc.oneof(fc.constantFrom(...SEGMENT_KINDS), json),
    userId: fc.oneof(fc.constant('u-1'), fc.double(), json),
    event: fc.oneof(fc.constant('Signed Up'), json),
    context: json,
  },
  { requiredKeys: [] },
);
const batch = fc.record(
  {
    batch: fc.oneof(fc.array(fc.oneof(message, json), { maxLength: 3 }), json),
    context: fc.oneof(fc.dictionary(fc.constantFrom('page', 'campaign', 'traits', 'consent'), json), json),
    sentAt: fc.oneof(fc.constant('2026-01-05T12:00:00Z'), fc.double(), json),
    integrations: json,
  },
  { requiredKeys: [] },
);

/** Whatever is thrown is an InvalidMessage with a JSON pointer. */
const onlyInvalid = (work: () => void): void => {
  try {
    work();
  } catch (fault) {
    if (!(fault instanceof InvalidMessage)) throw fault;
    expect(fault.pointer).toMatch(/^(?:\/[a-zA-Z]+)?$/);
  }
};

describe('a request with any JSON in any place', () => {
  it('is a batch of activities and rejected messages, or is invalid', () => {
    fc.assert(
      fc.property(fc.oneof(batch, json), (body) =>
        onlyInvalid(() => {
          for (const { fault } of activitiesIn(body, requestContext()).rejected)
            expect(fault.pointer).toMatch(/^(?:\/[a-zA-Z]+)?$/);
        }),
      ),
      { numRuns: 500 },
    );
  });

  it('is an activity, or is invalid', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SEGMENT_KINDS), fc.oneof(message, json), (kind, body) =>
        onlyInvalid(() => void activityIn(kind, body, requestContext())),
      ),
      { numRuns: 500 },
    );
  });
});
