import { isSpanContextValid, trace } from '@opentelemetry/api';
import { pino, stdTimeFunctions, type DestinationStream, type Logger as PinoLogger } from 'pino';

/* eslint-disable @typescript-eslint/no-unsafe-declaration-merging, @typescript-eslint/no-empty-object-type --
   Nest wants a class as the token, and pino gives only an interface */
/** pino's logger as an injectable: `constructor(private readonly logger: Logger)`. Never log a body, an address or a URL's query. */
export abstract class Logger {}
export interface Logger extends PinoLogger {}
/* eslint-enable */

interface LoggerOptions {
  readonly name: string;
  readonly level: string;
  /** Standard output unless told. */
  readonly destination?: DestinationStream;
}

/** JSON lines, or readable ones on a terminal; each has the trace id of the span it was written in. */
export const createLogger = async ({ name, level, destination }: LoggerOptions): Promise<Logger> =>
  pino(
    {
      level,
      base: { service: name },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: traceMember,
      serializers: { err: errorMembers },
    },
    destination ?? (await standardOutput()),
  );

const standardOutput = async (): Promise<DestinationStream> => {
  if (!process.stdout.isTTY) return pino.destination({ dest: 1, sync: true });
  const { default: pretty } = await import('pino-pretty');
  return pretty({ sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss.l' });
};

const traceMember = (): { traceId?: string } => {
  const span = trace.getActiveSpan()?.spanContext();
  return span && isSpanContextValid(span) ? { traceId: span.traceId } : {};
};

/**
 * Only what cannot hold personal data by design: PostgreSQL and TypeORM put the values of a failed statement into
 * `detail` and `parameters`.
 */
const errorMembers = (fault: unknown): object => {
  if (!(fault instanceof Error)) return { message: String(fault) };
  const { code, constraint, table } = fault as Error & Record<'code' | 'constraint' | 'table', unknown>;
  return {
    type: fault.constructor.name,
    message: fault.message,
    code,
    constraint,
    table,
    stack: fault.stack,
    ...(fault.cause === undefined ? {} : { cause: errorMembers(fault.cause) }),
  };
};
