import { Injectable } from '@nestjs/common';
import type { Actor } from './actor.js';
import { logAttempt, type LogAttempt as Command } from './attempt.js';
import { DecideHandoff, type DecidedHandoff } from './decide-handoff.js';

/** A seller records a try to reach the lead. */
@Injectable()
export class LogAttempt {
  constructor(private readonly decisions: DecideHandoff) {}

  run(
    id: string,
    by: Actor,
    attempt: Pick<Command, 'channel' | 'outcome' | 'idempotencyKey'>,
  ): Promise<DecidedHandoff> {
    return this.decisions.run(id, by, ({ handoff, now }) => logAttempt({ ...attempt, by, now }, handoff));
  }
}
