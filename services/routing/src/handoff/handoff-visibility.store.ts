import type { Queryable } from '@baton/bus';
import { onlySellerSeenBy, type User } from '@baton/platform';
import { leadsOfPerson, withOthersOfPersons } from '../person/same-person.js';
import { ledBy } from '../team/team-settings.store.js';
import type { Actor } from './actor.js';

/** Binds a parameter of a query. @returns its placeholder */
export type Bind = (value: unknown) => string;

/**
 * The condition on a row with a `lead_id` that a seller sees it: every query of hand-offs and deals for people has it. A seller who was
 * ever offered a lead sees all hand-offs of its person, so that its page never says that there are none.
 */
export const visibleTo = (user: User, bind: Bind): string => {
  const seller = onlySellerSeenBy(user);
  if (seller === undefined) return 'true';
  return leadOfferedTo(bind(seller));
};

/** The condition on a row with a `lead_id` that a seller, a placeholder of the query, was ever offered a lead of its person. */
export const leadOfferedTo = (seller: string): string =>
  `lead_id in (${withOthersOfPersons(`select lead_id from lead_sellers where seller_id = ${seller}::uuid`)})`;

/** The condition on a row with a `lead_id` that one of the sellers whom a manager leads was ever offered the lead. */
export const leadOfLed = (manager: string): string =>
  `lead_id in (${withOthersOfPersons(
    `select lead_id from lead_sellers join sellers on sellers.id = seller_id join teams on teams.name = sellers.team
     where ${ledBy(manager)}`,
  )})`;

/**
 * The condition on a row of `handoffs` that the user sees it: a manager sees those of the teams they lead, and all hand-offs of a lead
 * that one of their sellers was ever offered, so that its page shows who has it now.
 */
export const handoffVisibleTo = (user: User, bind: Bind): string => {
  if (user.role !== 'manager') return visibleTo(user, bind);
  const manager = bind(user.id);
  return `(team in (select name from teams where ${ledBy(manager)}) or ${leadOfLed(manager)})`;
};

/** The sellers of the teams that a manager, a placeholder of the query, leads. */
export const sellersLedBy = (manager: string): string =>
  `select id from sellers where team in (select name from teams where ${ledBy(manager)})`;

/** Of the lead $1: whether sales knows it, and whom its person was offered to. */
const KNOWN =
  'select from lead_readiness where lead_id = $1 union all select from handoffs where lead_id = $1';
const OFFERED = `select from lead_sellers where lead_id in (${leadsOfPerson('$1::uuid')})`;

/**
 * Whether the lead is one whose stage ever changed, or that sales ever got. For a seller: one they were offered; for a manager: one that a
 * seller of their teams was offered, or nobody.
 */
export const knowsLead = async (
  reader: Queryable,
  leadId: string,
  { acts, leads, id }: Actor,
): Promise<boolean> => {
  if (acts === 'any' && !leads) return (await reader.rows(`${KNOWN} limit 1`, [leadId])).length > 0;
  const condition =
    acts === 'own'
      ? `exists (${OFFERED} and seller_id = $2)`
      : `exists (${KNOWN}) and (not exists (${OFFERED}) or exists (${OFFERED} and seller_id in (${sellersLedBy('$2')})))`;
  return (await reader.rows(`select where ${condition}`, [leadId, id])).length > 0;
};
