import type { Transaction } from '@baton/bus';
import { Clock, DomainError, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { LeadViewStore } from './lead-view.store.js';
import { MAX_OWN_VIEWS, MAX_SHARED_VIEWS, mayChange, mayShare, sees, type LeadView } from './lead-view.js';

/** Saves and deletes views of the list. */
@Injectable()
export class SaveLeadView {
  constructor(
    private readonly views: LeadViewStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Saves a view whole, a new one under its id. It stays that of its owner.
   *
   * @throws DomainError `forbidden`, `conflict` for a name the owner has given already, and for one view too many
   */
  run(user: User, wanted: Omit<LeadView, 'owner' | 'savedAt'>): Promise<LeadView> {
    return this.views.change(async (tx) => {
      const before = await this.views.find(tx, wanted.id);
      if (before) refuseOthers(user, before);
      if (wanted.shared && !before?.shared && !mayShare(user))
        throw new DomainError('forbidden', 'Who only reads can save views, and cannot share them.');
      const own = !before || before.owner.id === user.id;
      const owner = own ? { id: user.id, name: user.name } : before.owner;
      const view = { ...wanted, owner, savedAt: this.clock.now() };
      await this.refuseTooMany(tx, view);
      await this.views.save(tx, view);
      return view;
    });
  }

  delete(user: User, id: string): Promise<void> {
    return this.views.change(async (tx) => {
      const view = await this.views.find(tx, id);
      if (!view) throw noSuchView(id);
      refuseOthers(user, view);
      await this.views.delete(tx, id);
    });
  }

  private async refuseTooMany(tx: Transaction, view: LeadView): Promise<void> {
    const beside = await this.views.countBeside(tx, view);
    if (beside.sameName > 0)
      throw new DomainError('conflict', 'There is a view of this name already.', {
        errors: [{ pointer: '/name', detail: 'is the name of another view' }],
      });
    if (beside.own >= MAX_OWN_VIEWS)
      throw new DomainError('conflict', `A user has at most ${MAX_OWN_VIEWS} views; delete one first.`);
    if (view.shared && beside.shared >= MAX_SHARED_VIEWS)
      throw new DomainError('conflict', `At most ${MAX_SHARED_VIEWS} views are shared; delete one first.`);
  }
}

/** A view of others that is not shared is refused as one that does not exist. */
const refuseOthers = (user: User, view: LeadView): void => {
  if (!sees(user, view)) throw noSuchView(view.id);
  if (!mayChange(user, view))
    throw new DomainError('forbidden', 'Only its owner or an administrator changes a shared view.');
};

const noSuchView = (id: string): DomainError => new DomainError('not-found', `There is no view ${id}.`);
