import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ReceivedRequest } from './received-request.js';
import { RequestRecorder } from './request-recorder.cache.js';

const NOON = new Date('2026-01-05T12:00:00.000Z');
const request = (more: Partial<ReceivedRequest> = {}): ReceivedRequest => ({
  sourceId: 'website',
  receivedAt: NOON,
  endpoint: '/v1/batch',
  userAgent: 'node',
  status: 200,
  acceptedEvents: 1,
  heldEvents: 0,
  refusedEvents: 0,
  flaggedEvents: 0,
  entries: () => [],
  ...more,
});
const record = (recorder: RequestRecorder, each: ReceivedRequest): void => {
  recorder.begin(each.sourceId, each.receivedAt);
  recorder.end(each);
};

describe('recorded requests', () => {
  it('are each counted with exactly one outcome, also over writes that fail', () => {
    const statuses = fc.array(fc.tuple(fc.constantFrom(200, 303, 400, 413, 429, 500, 503), fc.boolean()));
    fc.assert(
      fc.property(statuses, (given) => {
        const recorder = new RequestRecorder();
        for (const [status, fails] of given) {
          record(recorder, request({ status, acceptedEvents: status < 400 ? 2 : 0 }));
          if (fails) recorder.giveBack(recorder.take());
        }
        const counts = recorder.take().days[0]?.counts;
        const of = (...some: number[]) => given.filter(([status]) => some.includes(status)).length;
        expect(counts ?? {}).toMatchObject(
          given.length === 0
            ? {}
            : {
                requests: given.length,
                acceptedRequests: of(200, 303),
                refusedRequests: of(400, 413),
                limitedRequests: of(429),
                failedRequests: of(500, 503),
                acceptedEvents: 2 * of(200, 303),
              },
        );
      }),
    );
  });

  it('are kept in a small number between two writes, those that need attention apart', () => {
    const recorder = new RequestRecorder();
    for (let i = 0; i < 100; i += 1) record(recorder, request());
    record(recorder, request({ flaggedEvents: 1 }));
    record(recorder, request({ status: 400 }));
    expect(recorder.take().requests.map(({ status, flaggedEvents }) => [status, flaggedEvents])).toEqual([
      ...Array.from({ length: 5 }, () => [200, 0]),
      [200, 1],
      [400, 0],
    ]);
  });

  it('are kept without the entries that would make them large', () => {
    const recorder = new RequestRecorder();
    const entries = () => Array.from({ length: 10 }, () => ({ message: 'x'.repeat(10_000) }));
    record(recorder, request({ entries }));
    const [kept] = recorder.take().requests;
    expect(JSON.parse(kept!.entriesJson)).toHaveLength(6);
  });

  it('count towards the quota of their day, while they are written as well', () => {
    const recorder = new RequestRecorder();
    record(recorder, request({ acceptedEvents: 3 }));
    expect(recorder.acceptedOn('website', NOON)).toBe(3);
    recorder.take();
    record(recorder, request({ acceptedEvents: 2 }));
    expect(recorder.acceptedOn('website', NOON)).toBe(5);
    recorder.written([{ sourceId: 'website', day: '2026-01-05', acceptedEvents: 13 }]);
    expect(recorder.acceptedOn('website', NOON)).toBe(15);
    expect(recorder.acceptedOn('website', new Date('2026-01-06T00:00:00Z'))).toBe(0);
  });
});
