// The package has no types for its inside, and a reference is how every importer of this source gets ours.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference
/// <reference path="./kafkajs-internals.d.ts" />
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

const { scheduleCheckPendingRequests } = RequestQueue.prototype;

/**
 * Lets connections of kafkajs 2.2.4 sleep. Each of them looks every millisecond whether a request waits to be sent, also
 * when none does: 900 wake-ups a second in a service at rest, some 4 % of a core for each.
 * A connection looks now only while a request waits. https://github.com/tulios/kafkajs/issues/1704
 */
export const patchRequestQueuePolling = (): void => {
  RequestQueue.prototype.scheduleCheckPendingRequests = function () {
    if (this.pending.length > 0) scheduleCheckPendingRequests.call(this);
  };
};
