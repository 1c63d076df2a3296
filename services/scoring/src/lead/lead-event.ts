import type { EventContract } from '@baton/contracts';

/** An event about a lead, with the version of the lead after it. */
export interface LeadEvent {
  readonly contract: EventContract;
  readonly data: object;
  readonly sequence: number;
}
