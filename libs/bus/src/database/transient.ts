import { isNativeError } from 'node:util/types';

/**
 * PostgreSQL says with these classes and codes that the same work may succeed later: connection, resources, operator
 * intervention, deadlock, serialization, lock not available.
 * https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
const TRANSIENT_SQLSTATE = /^(08|53|57P0[1-5]|40001|40P01|55P03|25P03)/;
const TRANSIENT_SYSTEM = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
]);
// What pg and TypeORM say without a code when a connection is lost or none can be had.
const TRANSIENT_MESSAGE =
  /connection terminated|connection error|timeout exceeded when trying to connect|connection is not established|not queryable|server closed the connection|Connection ended unexpectedly/i;

/** A table changed under a prepared statement (another process migrated it): right again on a new connection. */
export const isStalePlan = (fault: unknown): boolean =>
  isNativeError(fault) &&
  (fault as { code?: unknown }).code === '0A000' &&
  fault.message.includes('cached plan must not change result type');

/** Whether the same work may succeed when it is tried again. A rule may ask for it with `retryable: true`. */
export const isTransient = (fault: unknown): boolean => {
  // Not `instanceof`: what Node itself throws belongs to another realm wherever code runs in a vm context.
  if (!isNativeError(fault)) return false;
  const { code, retryable, driverError, cause } = fault as Error & {
    code?: unknown;
    retryable?: unknown;
    driverError?: unknown;
  };
  if (retryable === true || isStalePlan(fault)) return true;
  if (typeof code === 'string' && (TRANSIENT_SQLSTATE.test(code) || TRANSIENT_SYSTEM.has(code))) return true;
  if (TRANSIENT_MESSAGE.test(fault.message)) return true;
  return isTransient(driverError) || isTransient(cause);
};

/** Milliseconds to wait before try number `attempt` (from 1): doubled each time up to 2 s, with full jitter. */
export const backoffMs = (attempt: number, random: () => number = Math.random): number =>
  Math.ceil(random() * Math.min(2_000, 25 * 2 ** attempt));
