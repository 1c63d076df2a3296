import { isSpanContextValid, trace } from '@opentelemetry/api';
import { pino, stdTimeFunctions, type DestinationStream, type Logger as PinoLogger } from 'pino';

/* eslint-disable @typescript-eslint/no-unsafe-declaration-merging, @typescript-eslint/no-empty-object-type --
   Nest needs a class as the token, and pino exports only an interface */
/** pino's logger as an injectable. Never log a body, an e-mail or IP address, or the query of a URL. */
export abstract class Logger {}
export interface Logger extends PinoLogger {}
/* eslint-enable */

interface LoggerOptions {
  readonly name: string;
  readonly level: string;
  /** Default is standard output. */
  readonly destination?: DestinationStream;
}

/** JSON lines, readable on a terminal, each with the trace id of the active span. */
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

/** Only members that cannot contain personal data: PostgreSQL and TypeORM put statement values into `detail` and `parameters`. */
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
