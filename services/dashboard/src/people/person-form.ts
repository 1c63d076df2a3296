import type { Role, Seller, SellerSettings } from '../api/shapes.js';
import { DEFAULT_TEAM, LEAD_ROLES, type Person } from './person.js';

/** The fields of a person as they are typed. */
export interface PersonForm {
  readonly name: string;
  readonly role: Role;
  /** Whether leads are offered to them; of no effect for a role that cannot have any. */
  readonly getsLeads: boolean;
  readonly team: string;
  readonly weight: string;
  readonly maxOpen: string;
  readonly maxPerDay: string;
}

export const EMPTY_FORM: PersonForm = {
  name: '',
  role: 'seller',
  getsLeads: true,
  team: DEFAULT_TEAM,
  weight: '1',
  maxOpen: '',
  maxPerDay: '',
};

const textOf = (limit: number | null): string => (limit === null ? '' : String(limit));

export const formOf = ({ user, seller }: Person): PersonForm => ({
  name: user.name,
  role: user.role,
  getsLeads: seller?.available ?? false,
  ...(seller ? sellerFieldsOf(seller) : { team: DEFAULT_TEAM, weight: '1', maxOpen: '', maxPerDay: '' }),
});

export const sellerFieldsOf = (
  seller: Seller,
): Pick<PersonForm, 'team' | 'weight' | 'maxOpen' | 'maxPerDay'> => ({
  team: seller.team,
  weight: String(seller.weight),
  maxOpen: textOf(seller.maxOpen),
  maxPerDay: textOf(seller.maxPerDay),
});

const MIN_WEIGHT = 0.01;
const MAX_WEIGHT = 100;
const MAX_LIMIT = 100_000;

/** A share of leads; undefined for anything that is none. */
const weightIn = (text: string): number | undefined => {
  const weight = /^\d{1,3}([.,]\d{1,2})?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : 0;
  return weight >= MIN_WEIGHT && weight <= MAX_WEIGHT ? weight : undefined;
};

/** A limit; null for none, undefined for anything that is neither. */
const limitIn = (text: string): number | null | undefined => {
  if (text.trim() === '') return null;
  const limit = /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : 0;
  return limit >= 1 && limit <= MAX_LIMIT ? limit : undefined;
};

export type NumberField = 'weight' | 'maxOpen' | 'maxPerDay';

/** What is wrong with the numbers. */
export const faultsOf = ({
  weight,
  maxOpen,
  maxPerDay,
}: PersonForm): Partial<Record<NumberField, string>> => ({
  ...(weightIn(weight) === undefined && { weight: `A number from ${MIN_WEIGHT} to ${MAX_WEIGHT}` }),
  ...(limitIn(maxOpen) === undefined && { maxOpen: 'A whole number from 1 on, or nothing' }),
  ...(limitIn(maxPerDay) === undefined && { maxPerDay: 'A whole number from 1 on, or nothing' }),
});

export const isComplete = (form: PersonForm): boolean =>
  form.name.trim() !== '' && (!LEAD_ROLES.includes(form.role) || Object.keys(faultsOf(form)).length === 0);

/** Routing refuses names with invisible characters, such as marks that turn the direction of a text. */
const sellerName = (name: string): string => name.replace(/\p{C}/gu, '').trim() || 'Seller';

/** What routing has to be told; undefined when nothing changes for it. */
export const sellerChange = (form: PersonForm, seller: Seller | undefined): SellerSettings | undefined => {
  const getsLeads = form.getsLeads && LEAD_ROLES.includes(form.role);
  if (!seller && !getsLeads) return undefined;
  const settings = {
    name: sellerName(form.name),
    team: form.team,
    weight: weightIn(form.weight) ?? 1,
    available: getsLeads,
    maxOpen: limitIn(form.maxOpen) ?? null,
    maxPerDay: limitIn(form.maxPerDay) ?? null,
  };
  const isSame =
    seller && Object.entries(settings).every(([key, value]) => seller[key as keyof Seller] === value);
  return isSame ? undefined : { ...keptOf(seller), ...settings };
};

/** The settings that the form does not show, which a change must not lose. */
const keptOf = (seller?: Seller) => ({
  calendarId: seller?.calendarId ?? null,
  absences: seller?.absences ?? [],
  skills: seller?.skills ?? [],
  languages: seller?.languages ?? [],
  territories: seller?.territories ?? [],
});

/** Whether a seller gets a role that decides on no leads, so that another seller must. */
export const leavesSales = ({ role }: PersonForm, seller: Seller | undefined): boolean =>
  seller !== undefined && !LEAD_ROLES.includes(role);

/** The settings of a seller with another availability. */
export const withAvailable = (seller: Seller, available: boolean): SellerSettings => {
  const { name, team, weight, maxOpen, maxPerDay } = seller;
  return { ...keptOf(seller), name, team, weight, maxOpen, maxPerDay, available };
};
