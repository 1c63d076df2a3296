import { Clock, DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { Handoff } from '../handoff/handoff.js';
import { CurrentHandoffsStore } from './current-handoffs.store.js';
import { LinkVerdicts, type LinkVerdict } from './link-verdicts.js';
import { linkStateOf, type LinkState } from './link-state.js';
import { NoticeSettingsStore } from './notice-settings.store.js';
import { SignedTokens, type Signed } from './signed-tokens.js';
import { UsedLinkStore } from './used-link.store.js';

export interface ShownLink {
  readonly signed: Signed;
  readonly state: LinkState;
  readonly detail: string;
  readonly handoff?: Handoff;
}

/** Decisions of people who are not signed in, by a token that was sent to them. Looking changes nothing, as scanners of mail look. */
@Injectable()
export class DecideByLink {
  constructor(
    private readonly tokens: SignedTokens,
    private readonly used: UsedLinkStore,
    private readonly handoffs: CurrentHandoffsStore,
    private readonly verdicts: LinkVerdicts,
    private readonly settings: NoticeSettingsStore,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `not-found` for a token that was not signed here */
  async show(token: string): Promise<ShownLink> {
    const signed = this.tokens.read(token);
    if (!signed)
      throw new DomainError('not-found', 'This link is not valid. Open it once more, or copy all of it.');
    const now = this.clock.now().getTime();
    const isUsed = await this.used.isUsed(token);
    if (signed.for === 'address') return { signed, ...addressState(signed, isUsed, now) };
    const handoff = (await this.handoffs.of([signed.handoffId])).get(signed.handoffId);
    if (!handoff) throw new DomainError('not-found', 'There is no such hand-off any more.');
    return { signed, handoff, ...linkStateOf(signed, handoff, { isUsed, now }) };
  }

  /** @throws DomainError `conflict` with what became of the offer; a refused verdict, such as one without its reason, leaves the link usable */
  async decide(token: string, verdict: LinkVerdict): Promise<void> {
    const { signed, state, detail, handoff } = await this.show(token);
    if (signed.for !== 'verdict') throw new DomainError('not-found', 'This link is for something else.');
    if (state !== 'open') throw new DomainError('conflict', detail, { state });
    // The decision itself is made once, under the lock of the hand-off.
    await this.verdicts.run(signed.handoffId, { ...handoff!.seller!, acts: 'own' }, verdict);
    await this.used.use(token, this.clock.now());
  }

  /** The person read a mail at the address: notices go there from now on. */
  async confirmAddress(token: string): Promise<void> {
    const { signed, state, detail } = await this.show(token);
    if (signed.for !== 'address') throw new DomainError('not-found', 'This link is for something else.');
    if (state !== 'open') throw new DomainError('conflict', detail, { state });
    if (!(await this.used.use(token, this.clock.now())))
      throw new DomainError('conflict', 'This link was used already.');
    const settings = (await this.settings.known([signed.userId])).get(signed.userId);
    if (settings) await this.settings.save({ ...settings, email: signed.email });
  }
}

const addressState = ({ expiresAt }: Signed, isUsed: boolean, now: number) => {
  if (isUsed)
    return { state: 'used' as const, detail: 'This link was used already: the address is confirmed.' };
  if (now >= expiresAt)
    return { state: 'expired' as const, detail: 'This link has expired. Save the address once more.' };
  return { state: 'open' as const, detail: 'Notices will be sent to this address.' };
};
