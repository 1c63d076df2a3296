import { DomainError, type Role } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { sentLinkIn, type SentLink } from '../access/sent-link.js';
import { rememberCaller, rememberObject } from '../caller/caller.http.js';
import type { UserAccount } from '../user/user.entity.js';
import { UserStore } from '../user/user.store.js';

/** Roles whose people may decide about a lead. */
const DECIDING: readonly Role[] = ['seller', 'manager', 'admin'];

/** The people whose links requests without a session bring. Routing checks the links, and knows no users. */
@Injectable()
export class LinkHolders {
  private readonly links = new WeakMap<FastifyRequest, SentLink | undefined>();
  private readonly holders = new WeakMap<FastifyRequest, UserAccount>();

  constructor(private readonly users: UserStore) {}

  read(request: FastifyRequest, body: Buffer): void {
    this.links.set(request, sentLinkIn(body));
  }

  /** @throws DomainError `forbidden` when the holder left, or may decide no more, as their session is refused then */
  async require(request: FastifyRequest): Promise<void> {
    const link = this.links.get(request);
    if (!link) return;
    const user = await this.users.byId(link.userId);
    const mayDecide = link.handoffId === undefined || (user && DECIDING.includes(user.role));
    if (!user || user.disabledAt !== null || !mayDecide)
      throw new DomainError('forbidden', 'This link was sent to an account that may not use it any more.');
    this.holders.set(request, user);
  }

  /** For the audit log, once routing has taken the link: before, it is only what the request says. */
  remember(request: FastifyRequest): void {
    const [holder, link] = [this.holders.get(request), this.links.get(request)];
    if (!holder) return;
    rememberCaller(request, { id: holder.id, name: holder.name });
    if (link?.handoffId !== undefined) rememberObject(request, link.handoffId);
  }
}
