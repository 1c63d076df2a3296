import { Socket } from 'node:net';
import pg from 'pg';

/** No answer arrived in time. Has the code of a lost connection, because the connection is closed with it. */
export class QueryTimeout extends Error {
  override readonly name = 'QueryTimeout';
  readonly code = 'ETIMEDOUT';

  constructor(ms: number) {
    super(`the database did not answer within ${ms} ms; the connection was closed`);
  }
}

export interface TimeLimits {
  /** Max milliseconds from a query to its complete answer; 0 disables the limit. */
  readonly queryTimeoutMs: number;
}

type Callback = (...results: unknown[]) => void;

/**
 * A pg client that closes its connection when a query is not answered in time, as after a host vanished without a TCP
 * reset. pg's own `query_timeout` only rejects the query: the connection returns to the pool with the query still running,
 * and each following query on it times out as well.
 */
export class TimeLimitedClient extends pg.Client {
  private readonly socket: Socket;
  private readonly limitMs: number;

  constructor(config: pg.ClientConfig & TimeLimits) {
    const socket = new Socket();
    // The pool's password is not enumerable, so the spread does not copy it.
    super({ ...config, password: config.password, stream: () => socket });
    this.socket = socket;
    this.limitMs = config.queryTimeoutMs;
  }

  override query(...args: any[]): any {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- applied to this client
    const send = (): unknown => Reflect.apply(pg.Client.prototype.query, this, args);
    if (!this.limitMs) return send();
    const timeout = setTimeout(() => this.socket.destroy(new QueryTimeout(this.limitMs)), this.limitMs);
    const callback: unknown = args.at(-1);
    if (typeof callback !== 'function') return limited(send(), timeout);
    args[args.length - 1] = (...results: unknown[]) => {
      clearTimeout(timeout);
      (callback as Callback)(...results);
    };
    return send();
  }
}

/** Cursors and streams, which are no promises, have no limit. */
const limited = (result: unknown, timeout: NodeJS.Timeout): unknown => {
  if (result instanceof Promise) return result.finally(() => clearTimeout(timeout));
  clearTimeout(timeout);
  return result;
};
