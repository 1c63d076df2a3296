/** What a request does, in terms of the API: `POST /api/handoffs/{id}/accept`, and the id in it. */
export interface AuditedAction {
  readonly action: string;
  readonly objectId: string | undefined;
}

/**
 * Collections, and single paths in them, whose GET is recorded, too: they hold what people told about themselves, or who may do what,
 * or complete a login.
 */
const GET_RECORDED = new Set(['leads', 'audit', 'oidc/callback']);
/** Second parts of paths that are no ids. */
const NO_ID = new Set([
  'search',
  'evaluate',
  'export',
  'login',
  'logout',
  'schemas',
  'reject-reasons',
  'field-targets',
  'password',
  'sessions',
  'code',
  'callback',
  'second-factor',
]);
const MAX_PART = 128;

/**
 * The action of a request below /api that is to be recorded: everything that changes something, logins, and the reading of leads. Undefined for
 * any other. A path has no personal data; a query could, and is left out.
 */
export const auditedActionOf = (method: string, path: string): AuditedAction | undefined => {
  const [api, collection, second, ...rest] = path.split('/').filter((part) => part !== '');
  if (api !== 'api' || collection === undefined) return undefined;
  if (!isRecorded(method, [collection, `${collection}/${second}`])) return undefined;
  const isId = second !== undefined && !NO_ID.has(second);
  const parts = [collection, ...(second === undefined ? [] : [isId ? '{id}' : second]), ...rest.map(verbOf)];
  return {
    action: `${method} /api/${parts.map((part) => part.slice(0, MAX_PART)).join('/')}`,
    objectId: isId ? second.slice(0, MAX_PART) : undefined,
  };
};

const isRecorded = (method: string, places: readonly string[]): boolean =>
  method === 'GET'
    ? places.some((place) => GET_RECORDED.has(place))
    : method !== 'HEAD' && method !== 'OPTIONS';

/** Ids within a path are not part of the action: UUIDs, numbers, and anything longer than a verb. */
const verbOf = (part: string): string => (/^[a-z][a-z-]{1,30}$/.test(part) ? part : '{id}');
