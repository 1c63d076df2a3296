import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';
import type { Invitation, Seller, SellerSettings } from '../api/shapes.js';
import { plainName } from '../ui/plain-name.js';
import { passOnOffers } from './pass-on-offers.js';
import type { Person } from './person.js';
import { leavesSales, sellerChange, withAvailable, type PersonForm } from './person-form.js';

const POLL_MS = 30_000;

/** Every user, by name. */
export const useUsers = () =>
  useQuery({
    queryKey: ['users'],
    refetchInterval: POLL_MS,
    queryFn: async ({ signal }) => {
      const { items } = await bodyOf(api.GET('/users', { signal }));
      return items.map((user) => ({ ...user, name: plainName(user.name) }));
    },
  });

const usePeopleMutation = <Input, Result>(mutationFn: (input: Input) => Promise<Result>) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () =>
      Promise.all(
        ['users', 'sellers', 'handoffs'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      ),
  });
};

const pathOf = (id: string) => ({ params: { path: { id } } });
const putSeller = (id: string, body: SellerSettings): Promise<Seller> =>
  bodyOf(api.PUT('/sellers/{id}', { ...pathOf(id), body }));

/** Invites a person. The invitation stands also when making the person a seller fails, which `sellerFault` says. */
export const useInvite = () =>
  usePeopleMutation(
    async ({ invitation, seller }: { invitation: Invitation; seller?: SellerSettings | undefined }) => {
      const invited = await bodyOf(api.POST('/invitations', { body: invitation }));
      const sellerFault: unknown =
        seller && (await putSeller(invited.user.id, seller).then(() => undefined, asFault));
      return { ...invited, sellerFault };
    },
  );

const asFault = (fault: unknown): unknown => fault;

export const usePutSeller = () =>
  usePeopleMutation(({ id, settings }: { id: string; settings: SellerSettings }) => putSeller(id, settings));

/** A new invitation, or a link to set a new password. */
export const useNewLink = () =>
  usePeopleMutation((id: string) => bodyOf(api.POST('/users/{id}/link', pathOf(id))));

/**
 * The steps below can be repeated after a failure of one.
 *
 * @returns the number of offers of a person who leaves sales that nobody else can take
 */
export const useSavePerson = () =>
  usePeopleMutation(async ({ person: { user, seller }, form }: { person: Person; form: PersonForm }) => {
    const { role } = form;
    const name = form.name.trim();
    if (name !== user.name || role !== user.role)
      await bodyOf(api.PUT('/users/{id}', { ...pathOf(user.id), body: { name, role } }));
    const settings = sellerChange(form, seller);
    if (settings) await putSeller(user.id, settings);
    return leavesSales(form, seller) ? passOnOffers(user.id) : 0;
  });

/** @returns the number of offers that nobody else can take */
export const useDisable = () =>
  usePeopleMutation(async ({ user: { id }, seller }: Person) => {
    await bodyOf(api.POST('/users/{id}/disable', pathOf(id)));
    if (!seller) return 0;
    if (seller.available) await putSeller(id, withAvailable(seller, false));
    return passOnOffers(id);
  });

export const useEnable = () =>
  usePeopleMutation(
    async ({ person: { user, seller }, getsLeads }: { person: Person; getsLeads: boolean }) => {
      await bodyOf(api.POST('/users/{id}/enable', pathOf(user.id)));
      if (seller && seller.available !== getsLeads)
        await putSeller(user.id, withAvailable(seller, getsLeads));
    },
  );

/** The second factor of a user without one is removed as well: nobody else can read who has one. */
export const useResetSecondFactor = () =>
  usePeopleMutation((id: string) => bodyOf(api.DELETE('/users/{id}/second-factor', pathOf(id))));

export const useEndSessions = () =>
  usePeopleMutation((id: string) => bodyOf(api.DELETE('/users/{id}/sessions', pathOf(id))));
