import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Clock } from './clock.js';
import type { ServiceSpec } from './service.js';

export interface Running {
  /** Where it listens. */
  readonly url: string;
  readonly app: NestFastifyApplication;
  /** Stops taking work, drains, closes. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly clock?: Clock;
}

/** Starts a service within this process, with its environment as an argument: what tests use. */
// eslint-disable-next-line @typescript-eslint/require-await
export const start = async (
  _spec: ServiceSpec<any>,
  _environment: Readonly<Record<string, string | undefined>>,
  _options: StartOptions = {},
): Promise<Running> => {
  throw new Error('not yet');
};
