declare module 'kafkajs/src/network/requestQueue/index.js' {
  /** What kafkajs 2.2.4 holds for each connection; only what we touch. */
  class RequestQueue {
    constructor(options: {
      maxInFlightRequests: number;
      requestTimeout: number;
      enforceRequestTimeout: boolean;
      clientId: string;
      broker: string;
      logger: { debug(): void; warn(): void };
    });
    readonly pending: readonly unknown[];
    readonly throttleCheckTimeoutId: NodeJS.Timeout | null;
    scheduleCheckPendingRequests: (this: RequestQueue) => void;
    push(request: {
      entry: { correlationId: number; resolve: () => void };
      expectResponse: boolean;
      sendRequest: () => void;
    }): void;
    fulfillRequest(response: { correlationId: number; payload: object; size: number }): void;
    destroy(): void;
  }
  export = RequestQueue;
}
