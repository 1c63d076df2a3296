import type { LinkPurpose } from '@baton/contracts';
import { DomainError, LEAD_DECIDERS } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { sentLinkIn } from '../access/sent-link.js';
import { rememberCaller, rememberObject } from '../caller/caller.http.js';
import type { UserAccount } from '../user/user.entity.js';
import { UserStore } from '../user/user.store.js';

interface Held {
  readonly link: LinkPurpose;
  /** Set when the account may use the link. */
  readonly holder?: UserAccount;
}

/** The people whose links requests without a session bring. Routing checks the links, and knows no users. */
@Injectable()
export class LinkHolders {
  private readonly held = new WeakMap<FastifyRequest, Held>();

  constructor(private readonly users: UserStore) {}

  read(request: FastifyRequest, body: Buffer): void {
    const link = sentLinkIn(body);
    if (link) this.held.set(request, { link });
  }

  /** @throws DomainError `forbidden` when the holder left, or may decide no more, as their session is refused then */
  async require(request: FastifyRequest): Promise<void> {
    const link = this.held.get(request)?.link;
    if (!link) return;
    const holder = await this.users.byId(link.for === 'verdict' ? link.sellerId : link.userId);
    const mayUse = link.for === 'address' || (holder && LEAD_DECIDERS.includes(holder.role));
    if (!holder || holder.disabledAt !== null || !mayUse)
      throw new DomainError('forbidden', 'This link was sent to an account that may not use it any more.');
    this.held.set(request, { link, holder });
  }

  /** For the audit log, once routing has taken the link: before, it is only what the request says. */
  remember(request: FastifyRequest): void {
    const { link, holder } = this.held.get(request) ?? {};
    if (!holder) return;
    rememberCaller(request, { id: holder.id, name: holder.name });
    if (link?.for === 'verdict') rememberObject(request, link.handoffId);
  }
}
