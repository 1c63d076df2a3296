import type { Queryable } from '@baton/bus';
import { Definitions } from '@baton/definitions';
import { Injectable } from '@nestjs/common';
import type { Instant } from '../policy/duration.js';
import { slaPolicy } from '../policy/sla-policy.kind.js';
import type { SignedPolicy } from '../policy/sla-policy.js';
import type { Handoff } from './handoff.js';

/** The SLA policy of an offer. */
@Injectable()
export class OfferPolicy {
  constructor(private readonly definitions: Definitions) {}

  /** The version the current offer began under; without an offer the one in force. */
  async of(queryable: Queryable, handoff: Handoff | undefined, now: Instant): Promise<SignedPolicy> {
    return handoff?.policyId === undefined
      ? this.inForce(queryable, now)
      : this.definitions.version(queryable, slaPolicy, handoff.policyId);
  }

  /** The version that a new offer begins under. */
  async inForce(queryable: Queryable, now: Instant): Promise<SignedPolicy> {
    return this.definitions.inForce(queryable, slaPolicy, new Date(now));
  }
}
