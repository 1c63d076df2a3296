import { isNativeError } from 'node:util/types';

/**
 * SQLSTATE classes and codes after which the same work may succeed later: connection lost, resources (but a full disk),
 * operator intervention, cancelled by a timeout, read-only after a failover.
 * https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
const TRANSIENT_SQLSTATE = /^(08|53(?!100)|57P0[1-5]|57014|25006|25P03)/;
/** Two transactions met: serialization failure, deadlock, lock not available. */
const CONFLICT_SQLSTATE = /^(40001|40P01|55P03)$/;
const TRANSIENT_SYSTEM = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
]);
// What pg and TypeORM report without a code when a connection is lost, none can be had, or a query timed out at the client.
const TRANSIENT_MESSAGE =
  /connection terminated|connection error|timeout exceeded when trying to connect|connection is not established|not queryable|server closed the connection|Connection ended unexpectedly|Query read timeout/i;

interface Coded {
  readonly code?: unknown;
  readonly retryable?: unknown;
  readonly driverError?: unknown;
  readonly cause?: unknown;
}

/** The fault and those it wraps. Not `instanceof`: Node's own errors are of another realm where code runs in a vm context. */
const chainOf = (fault: unknown): (Error & Coded)[] => {
  const chain: (Error & Coded)[] = [];
  let each: unknown = fault;
  while (isNativeError(each) && chain.length < 8) {
    const coded = each as Error & Coded;
    chain.push(coded);
    each = coded.driverError ?? coded.cause;
  }
  return chain;
};

/** The SQLSTATE or system code of a fault or of what it wraps. */
export const codeOf = (fault: unknown): string | undefined =>
  chainOf(fault)
    .map(({ code }) => code)
    .find((code) => typeof code === 'string');

/** A table changed under a prepared statement (another process migrated it): right again on a new connection. */
export const isStalePlan = (fault: unknown): boolean =>
  chainOf(fault).some(
    ({ code, message }) => code === '0A000' && message.includes('cached plan must not change result type'),
  );

/** Two transactions got into each other's way. A rule reports such a conflict of its own with `retryable: true`. */
export const isConflict = (fault: unknown): boolean =>
  chainOf(fault).some(
    ({ code, retryable }) => retryable === true || (typeof code === 'string' && CONFLICT_SQLSTATE.test(code)),
  );

/** Database, network or resources are away: the same work may succeed later. */
export const isAway = (fault: unknown): boolean =>
  isStalePlan(fault) ||
  chainOf(fault).some(
    ({ code, message }) =>
      (typeof code === 'string' && (TRANSIENT_SQLSTATE.test(code) || TRANSIENT_SYSTEM.has(code))) ||
      TRANSIENT_MESSAGE.test(message),
  );

/** Whether the same work may succeed when it is tried again. */
export const isTransient = (fault: unknown): boolean => isAway(fault) || isConflict(fault);

/** Milliseconds to wait before try number `attempt` (from 1): doubled each time up to 2 s, with full jitter. */
export const backoffMs = (attempt: number, random: () => number = Math.random): number =>
  Math.ceil(random() * Math.min(2_000, 25 * 2 ** attempt));
