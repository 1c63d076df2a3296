import type { User } from '@baton/platform';
import { emailOf } from '../identity/identifier.js';
import { searchTermsOf, toQuery } from '../listing/search-words.js';
import type { LeadFilter } from './lead-filter.js';
import type { Bind } from './lead-sellers.store.js';

type Condition<Value> = (value: Value, bind: Bind, user: User) => string;

const compared =
  (comparison: string, type: string): Condition<string | number | boolean> =>
  (value, bind) =>
    `leads.${comparison} ${bind(value)}::${type}`;
const oneOf =
  (column: string): Condition<readonly string[]> =>
  (values, bind) =>
    `leads.${column} = any(${bind(values)}::text[])`;
const withinDays =
  (column: string): Condition<number> =>
  (days, bind) =>
    `leads.${column} >= now() - make_interval(hours => 24 * ${bind(days)}::integer)`;
/** A condition on the row of `lead_standings`. */
const standing =
  <Value>(condition: Condition<Value>): Condition<Value> =>
  (...given) =>
    `leads.id in (select leads.id from lead_standings leads where ${condition(...given)})`;

/** The condition of each filter on a row of `lead_list` that is named `leads`. */
const CONDITIONS: { readonly [Name in keyof LeadFilter]-?: Condition<NonNullable<LeadFilter[Name]>> } = {
  email: (email, bind) =>
    `leads.id in (select lead_id from identifiers where kind = 'email' and value = ${bind(emailOf(email) ?? '')})`,
  text: (text, bind) => {
    const terms = searchTermsOf(text);
    return terms.length === 0 ? 'false' : `leads.words @@ ${bind(toQuery(terms))}::tsquery`;
  },
  stages: oneOf('stage'),
  owner: (owner, bind, user) =>
    owner === 'nobody'
      ? 'leads.owner_id is null'
      : `leads.owner_id = ${bind(owner === 'me' ? user.id : owner)}::uuid`,
  grades: oneOf('grade'),
  minPoints: standing(compared('points >=', 'integer')),
  maxPoints: standing(compared('points <=', 'integer')),
  sourceId: compared('source_id =', 'text'),
  channel: compared('channel =', 'text'),
  campaign: compared('campaign =', 'text'),
  createdFrom: compared('created_at >=', 'timestamptz'),
  createdTo: compared('created_at <', 'timestamptz'),
  createdWithinDays: withinDays('created_at'),
  activeFrom: standing(compared('last_activity_at >=', 'timestamptz')),
  activeTo: standing(compared('last_activity_at <', 'timestamptz')),
  activeWithinDays: standing(withinDays('last_activity_at')),
  identified: compared('identified =', 'boolean'),
  hasEmail: compared('has_email =', 'boolean'),
  account: (domain, bind) =>
    `leads.id in (select member.id from leads member where account_domain = ${bind(domain.toLowerCase())} and merged_into is null)`,
  // By the id of a merged lead the one is found that it belongs to now.
  ids: (ids, bind) =>
    `leads.id in (select coalesce(merged_into, asked.id) from leads asked where asked.id = any(${bind(ids)}::uuid[]))`,
};

/** The conditions of a filter on a row of `lead_list` that is named `leads`. */
export const conditionsOf = (filter: LeadFilter, bind: Bind, user: User): string[] =>
  (Object.keys(CONDITIONS) as (keyof LeadFilter)[]).flatMap((name) => {
    const value = filter[name];
    return value === undefined ? [] : (CONDITIONS[name] as Condition<typeof value>)(value, bind, user);
  });
