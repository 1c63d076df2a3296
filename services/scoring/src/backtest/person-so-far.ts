import { accountAt } from '../account/account-at.js';
import type { Account } from '../account/account.js';
import { mergeTraits, NO_TRAITS, type TraitState, type Traits } from '../lead/trait-state.js';

/** An activity of the history as a replay needs it. */
export interface ReplayedActivity {
  readonly kind: string;
  readonly name: string;
  readonly channel: string;
  readonly sourceId: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly campaign?: object | undefined;
  readonly pageUrl?: string | undefined;
  readonly bot: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly traits: Traits | null;
  readonly consent: boolean | undefined;
  /** Says who the person is without an address. */
  readonly identifies: boolean;
}

/** Kinds of activities by which people name themselves. */
const NAMING = new Set(['identify', 'form']);

/**
 * What was known of a person at an instant of a replay; activities are added in the order of their occurrence. The history holds no
 * addresses: a lead that has one is identified by its first `identify`, form or activity with traits.
 */
export class PersonSoFar {
  private state: TraitState = NO_TRAITS;
  private hasAddress = false;
  identified = false;
  consent = false;

  /**
   * @param email the lead's present address; null for a lead without one
   * @param account its present account; null without one
   */
  constructor(
    private readonly email: string | null,
    private readonly account: Account | null = null,
  ) {}

  /** The account, as far as its facts are known of that instant (ms since 1970). */
  accountAt(at: number): Account | null {
    return accountAt(this.account, this.traits, at);
  }

  get traits(): Traits {
    return this.state.traits;
  }

  add({ kind, at, traits, consent, identifies }: ReplayedActivity): void {
    if (traits) this.state = mergeTraits(this.state, traits, at);
    if (!this.hasAddress && this.email !== null && (traits || NAMING.has(kind))) {
      this.hasAddress = true;
      this.state = mergeTraits(this.state, { email: this.email }, at);
    }
    this.identified ||= this.hasAddress || identifies;
    if (consent !== undefined) this.consent = consent;
  }
}
