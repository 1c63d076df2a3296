import { afterEach, beforeEach, expect, it } from '@jest/globals';
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import { patchRequestQueuePolling } from './request-queue-polling.js';

patchRequestQueuePolling();

let queue: RequestQueue;
let sent: number[];

beforeEach(() => {
  sent = [];
  queue = new RequestQueue({
    maxInFlightRequests: 1,
    requestTimeout: 1_000,
    enforceRequestTimeout: false,
    clientId: 'spec',
    broker: 'nowhere:1',
    logger: silent,
  });
});
afterEach(() => queue.destroy());

const silent = { debug: () => undefined, warn: () => undefined };

const push = (correlationId: number) =>
  queue.push({
    entry: { correlationId, resolve: () => undefined },
    expectResponse: true,
    sendRequest: () => void sent.push(correlationId),
  });
const answer = (correlationId: number) => queue.fulfillRequest({ correlationId, payload: {}, size: 0 });

it('a connection at rest wakes nobody', () => {
  push(1);
  answer(1);

  expect(sent).toEqual([1]);
  expect(queue.throttleCheckTimeoutId).toBeNull();
});

it('a request that waits is looked after, and sent when its turn has come', () => {
  push(1);
  push(2);

  expect(sent).toEqual([1]);
  expect(queue.throttleCheckTimeoutId).not.toBeNull();

  answer(1);

  expect(sent).toEqual([1, 2]);
});
