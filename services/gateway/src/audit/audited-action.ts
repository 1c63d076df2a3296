/** What a request does, in terms of the API: `POST /api/handoffs/{id}/accept`, and the id in it. */
export interface AuditedAction {
  readonly action: string;
  readonly objectId: string | undefined;
}

/**
 * Collections, and single paths in them, whose GET is recorded, too: they hold what people told about themselves, or who may do what,
 * or complete a login. Why the others are not is in `e2e/src/access/unrecorded-reads.ts`.
 */
const GET_RECORDED = new Set([
  'leads',
  'persons',
  'duplicates',
  'erasures',
  'handoffs/{id}',
  'deals/{id}',
  'reports/facts',
  'reports/leads',
  'agreement/ledger',
  'accounts/{id}',
  'audit',
  'users',
  'oidc/callback',
  'dead-letters/{id}',
  'sources/{id}/requests',
  'sources/{id}/refused',
]);
/** Collections whose second parts are no ids. */
const WITHOUT_IDS = new Set([
  'agreement',
  'attribution',
  'audit',
  'learning',
  'login',
  'me',
  'notices',
  'oidc',
  'reports',
  'routing',
  'slack',
]);
/** Paths with no id in a collection of objects with ids. */
const NO_ID = new Set([
  'calendars/due',
  'calendars/elapsed',
  'campaigns/costs',
  'deals/totals',
  'definitions/schemas',
  'forms/field-targets',
  'handoffs/reject-reasons',
  'leads/count',
  'leads/export',
  'leads/search',
  'teams/led',
  'webhooks/deliveries',
]);
const MAX_PART = 128;

/**
 * The action of a request below /api that is to be recorded: everything that changes something, logins, and the reading of leads. Undefined for
 * any other. A path has no personal data; a query could, and is left out.
 *
 * @param url path and query as they were sent. Parts are decoded once, as the router does: `/api/%6ceads` is `/api/leads`.
 */
export const auditedActionOf = (method: string, url: string): AuditedAction | undefined => {
  const [api, collection, second, ...rest] = url
    .split(/[?#;]/, 1)[0]!
    .split('/')
    .filter((part) => part !== '')
    .map(valueOf);
  if (api !== 'api' || collection === undefined) return undefined;
  const isId = second !== undefined && !WITHOUT_IDS.has(collection) && !NO_ID.has(`${collection}/${second}`);
  const others = isId ? rest : [second ?? [], ...rest].flat();
  const parts = [collection, ...(isId ? ['{id}'] : []), ...others.map(verbOf)];
  const places = [collection, parts.slice(0, 2).join('/'), parts.slice(0, 3).join('/')];
  if (!isRecorded(method, places)) return undefined;
  return {
    action: `${method} /api/${parts.map((part) => part.slice(0, MAX_PART)).join('/')}`,
    objectId: isId ? idOf(second).slice(0, MAX_PART) : undefined,
  };
};

/** A part of the path as its route gets it. What no row of the log can hold, and what would break its lines, is left out. */
const valueOf = (part: string): string => {
  try {
    return decodeURIComponent(part).replace(/\p{C}/gu, '');
  } catch {
    return part;
  }
};

/** The services take a UUID in capitals as well: one object has one id in the log. */
const idOf = (part: string): string =>
  /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(part) ? part.toLowerCase() : part;

const isRecorded = (method: string, places: readonly string[]): boolean =>
  method === 'GET'
    ? places.some((place) => GET_RECORDED.has(place))
    : method !== 'HEAD' && method !== 'OPTIONS';

/** Ids within a path are not part of the action: UUIDs, numbers, and anything longer than a verb. */
const verbOf = (part: string): string => (/^[a-z][a-z-]{1,30}$/.test(part) ? part : '{id}');
