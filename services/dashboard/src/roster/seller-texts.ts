import type { Seller, SellerLoad } from '../api/shapes.js';
import { formatDateTime } from '../time/format.js';
import { absenceAt } from './absence.js';

/** Whether every searched word is in the name, the team or what the seller can do. */
export const fits = (seller: Seller, search: string): boolean => {
  const { name, team, skills, languages, territories } = seller;
  const text = [name, team, ...skills, ...languages, ...territories].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};

interface Rotation {
  readonly tone: 'good' | 'warn' | 'plain';
  readonly words: string;
  /** Why the seller is offered no lead. */
  readonly why?: string;
}

/** Whether leads are offered to a seller now; why not, as routing says it, or as the roster does while routing has no figures. */
export const rotationOf = (seller: Seller, load: SellerLoad | undefined, now: number): Rotation => {
  if (!seller.available) return { tone: 'plain', words: 'Out of rotation', why: 'Taken out of rotation.' };
  if (absenceAt(seller.absences, now)) return { tone: 'plain', words: 'Away' };
  if (load?.restingSince) {
    const why = `Did not answer an offer in time (${formatDateTime(load.restingSince)}): gets leads again with an answer, or when somebody says that they are back.`;
    return { tone: 'warn', words: 'Did not answer', why };
  }
  if (!load?.obstacle) return { tone: 'good', words: 'In rotation' };
  const why = `Gets no new leads: ${load.obstacle}.`;
  const isFull =
    (seller.maxOpen !== null && load.open >= seller.maxOpen) ||
    (seller.maxPerDay !== null && load.today >= seller.maxPerDay);
  return { tone: 'warn', words: isFull ? 'At a limit' : 'Out of rotation', why };
};

/** `2 of 5 open`, or `2 open` without a limit. */
export const usedOf = (used: number | undefined, limit: number | null, what: string): string =>
  limit === null ? `${used ?? '–'} ${what}, no limit` : `${used ?? '–'} of ${limit} ${what}`;
