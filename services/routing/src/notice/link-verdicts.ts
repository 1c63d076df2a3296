import { Injectable } from '@nestjs/common';
import { AcceptHandoff } from '../handoff/accept-handoff.js';
import type { Actor } from '../handoff/actor.js';
import { RejectHandoff } from '../handoff/reject-handoff.js';
import type { Reject } from '../handoff/rejection.js';

export type LinkVerdict =
  { readonly what: 'accept' } | ({ readonly what: 'reject' } & Pick<Reject, 'reason' | 'note' | 'wakeAt'>);

/** The verdicts of sales, as the dashboard's pages give them. */
@Injectable()
export class LinkVerdicts {
  constructor(
    private readonly acceptHandoff: AcceptHandoff,
    private readonly rejectHandoff: RejectHandoff,
  ) {}

  async run(handoffId: string, by: Actor, verdict: LinkVerdict): Promise<void> {
    if (verdict.what === 'accept') {
      await this.acceptHandoff.run(handoffId, by);
      return;
    }
    const { what: _, ...rejection } = verdict;
    await this.rejectHandoff.run(handoffId, by, rejection);
  }
}
