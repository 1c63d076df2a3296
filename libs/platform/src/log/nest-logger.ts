import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.js';

/** Writes Nest's log lines with pino; its `log` level (normal start-up) becomes `debug`. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  readonly log = this.at('debug');
  readonly verbose = this.at('trace');
  readonly debug = this.at('trace');
  readonly warn = this.at('warn');
  readonly error = this.at('error');
  readonly fatal = this.at('fatal');

  private at(level: 'trace' | 'debug' | 'warn' | 'error' | 'fatal') {
    return (message: unknown, ...rest: unknown[]): void => {
      // Nest passes [stack,] context last
      const context = rest.at(-1);
      if (message instanceof Error) this.logger[level]({ err: message, nest: context }, message.message);
      else this.logger[level]({ nest: context }, String(message));
    };
  }
}
