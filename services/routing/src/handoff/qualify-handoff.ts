import { Injectable } from '@nestjs/common';
import type { Actor } from './actor.js';
import { DecideHandoff, type DecidedHandoff } from './decide-handoff.js';
import type { Bant } from './handoff.js';
import { qualify } from './qualification.js';

/** A seller states that the lead meets the criteria of sales, which closes the hand-off. */
@Injectable()
export class QualifyHandoff {
  constructor(private readonly decisions: DecideHandoff) {}

  run(id: string, by: Actor, bant: Bant): Promise<DecidedHandoff> {
    return this.decisions.run(id, by, ({ handoff, now }) => qualify({ by, now, bant }, handoff));
  }
}
