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

declare module 'kafkajs/src/protocol/encoder.js' {
  /** What kafkajs 2.2.4 writes requests and records with; only what we touch. */
  class Encoder {
    static nextPowerOfTwo: (value: number) => number;
    static sizeOfVarInt(value: number): number;
    static sizeOfVarLong: (value: unknown) => number;
    constructor(initialSize?: number);
    buf: Buffer;
    offset: number;
    readonly buffer: Buffer;
    ensureAvailable: (bytes: number) => void;
    writeVarInt: (value: number) => Encoder;
    writeUVarInt: (value: number) => Encoder;
    writeVarLong: (value: unknown) => Encoder;
    writeEncoderArray: (encoders: readonly Encoder[]) => Encoder;
  }
  export = Encoder;
}

declare module 'kafkajs/src/protocol/recordBatch/record/v0/index.js' {
  import type Encoder from 'kafkajs/src/protocol/encoder.js';
  /** The bytes of one record of a batch. */
  function Record(record: {
    offsetDelta: number;
    timestampDelta: number;
    key: Buffer | string | null;
    value: Buffer | string | null;
    headers: { readonly [name: string]: string };
  }): Encoder;
  export = Record;
}
