import { Injectable } from '@nestjs/common';
import { accept } from './acceptance.js';
import type { Actor } from './actor.js';
import { DecideHandoff, type DecidedHandoff } from './decide-handoff.js';
import { SellerCalendars } from '../team/seller-calendars.js';
import { OfferPolicy } from './offer-policy.js';

/** A seller, or a manager for them, takes the lead: its accept clock is met, its first-touch clock starts. */
@Injectable()
export class AcceptHandoff {
  constructor(
    private readonly decisions: DecideHandoff,
    private readonly policies: OfferPolicy,
    private readonly calendars: SellerCalendars,
  ) {}

  run(id: string, by: Actor): Promise<DecidedHandoff> {
    return this.decisions.run(id, by, async ({ tx, handoff, now }) => {
      const policy = await this.policies.of(tx, handoff, now);
      const calendar = await this.calendars.ofSeller(tx, handoff.seller?.id, now);
      return accept({ by, now, policy, calendar }, handoff);
    });
  }
}
