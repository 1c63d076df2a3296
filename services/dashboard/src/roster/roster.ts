import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';
import type {
  Absence,
  Calendar,
  CalendarSettings,
  ClockPreview,
  Me,
  SalesTeam,
  Seller,
  SellerLoad,
  SellerSettings,
} from '../api/shapes.js';
import { useSellers, useTeams } from '../handoff/handoffs.js';
import { useSellerLoads } from '../handoff/rotation.js';
import { ROSTER_ROLES } from '../session/session.js';

export interface Roster {
  readonly sellers: readonly Seller[];
  readonly teams: readonly SalesTeam[];
  readonly calendars: readonly Calendar[];
  readonly loads: readonly SellerLoad[];
}

/** Everything about who gets leads and when. */
export const useRoster = () => {
  const sellers = useSellers(true);
  const teams = useTeams();
  const calendars = useQuery({
    queryKey: ['calendars'],
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/calendars', { signal }))).items,
  });
  const loads = useSellerLoads();
  const all = [sellers, teams, calendars, loads] as const;
  const data: Roster | undefined =
    sellers.data && teams.data && calendars.data && loads.data
      ? { sellers: sellers.data, teams: teams.data, calendars: calendars.data, loads: loads.data }
      : undefined;
  return {
    data,
    error: all.find(({ error }) => error)?.error,
    refetch: () => Promise.all(all.map((query) => query.refetch())),
  };
};

/** Whether a user may change the sellers of a team: a manager those of the teams they lead. A team that nobody leads is led by all. */
export const mayChange = ({ id, role }: Me, team: SalesTeam): boolean =>
  ROSTER_ROLES.includes(role) &&
  (role !== 'manager' || team.managers.length === 0 || team.managers.includes(id));

/** By which a seller works: their own, or else the team's, or else the default. */
export const calendarOf = (seller: Seller, { teams, calendars }: Roster): Calendar | undefined => {
  const id = seller.calendarId ?? teams.find(({ name }) => name === seller.team)?.calendarId;
  return calendars.find((calendar) => (id ? calendar.id === id : calendar.isDefault));
};

/** The settings of a seller as they are changed. */
export const settingsOf = ({ id: _, userId: __, ...settings }: Seller): SellerSettings => settings;

/** Changes a seller as they are now: settings are saved whole, and somebody else may have changed others meanwhile. */
export const useChangeSeller = (id: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (change: (seller: Seller) => Partial<SellerSettings>) => {
      const params = { path: { id } };
      const seller = await bodyOf(api.GET('/sellers/{id}', { params }));
      return bodyOf(api.PUT('/sellers/{id}', { params, body: { ...settingsOf(seller), ...change(seller) } }));
    },
    onSettled: () => changed(client),
  });
};

/** Changes the absences of a seller as they are now; sellers change their own. */
export const useChangeAbsences = (id: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (change: (absences: readonly Absence[]) => readonly Absence[]) => {
      const params = { path: { id } };
      const { absences } = await bodyOf(api.GET('/sellers/{id}', { params }));
      return bodyOf(api.PUT('/sellers/{id}/absences', { params, body: { absences: [...change(absences)] } }));
    },
    onSettled: () => changed(client),
  });
};

const changed = (client: QueryClient): Promise<unknown> =>
  Promise.all(['sellers', 'handoffs'].map((key) => client.invalidateQueries({ queryKey: [key] })));

/** Adds a calendar, or changes the one with this id. */
export const useSaveCalendar = (id: string | undefined) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CalendarSettings) =>
      id === undefined
        ? bodyOf(api.POST('/calendars', { body }))
        : bodyOf(api.PUT('/calendars/{id}', { params: { path: { id } }, body })),
    onSettled: () =>
      Promise.all(['calendars', 'handoffs'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
};

/** The clocks that a changed calendar would move; nothing changes. */
export const previewCalendar = (id: string, body: CalendarSettings): Promise<ClockPreview> =>
  bodyOf(api.POST('/calendars/{id}/preview', { params: { path: { id } }, body }));

/** The clocks that would move if a seller's absences changed; nothing changes. */
export const previewAbsences = async (
  id: string,
  change: (absences: readonly Absence[]) => readonly Absence[],
): Promise<ClockPreview> => {
  const params = { path: { id } };
  const { absences } = await bodyOf(api.GET('/sellers/{id}', { params }));
  return bodyOf(
    api.POST('/sellers/{id}/absences/preview', { params, body: { absences: [...change(absences)] } }),
  );
};
