import { plainName } from './field-names.js';
import { isPlaceholderId } from './placeholder-ids.js';

const SYSTEMS = ['crm', 'salesforce', 'hubspot', 'pipedrive', 'dynamics', 'zoho'] as const;
const MAX_ID = 200;

/** How senders name the field of a person's id in each system, without spelling: `salesforceLeadId`, `hubspot_contact_id`, `crmId`. */
const SYSTEM_OF_FIELD: ReadonlyMap<string, string> = new Map([
  ...SYSTEMS.flatMap((system) =>
    ['', 'lead', 'contact', 'person'].map((object): [string, string] => [`${system}${object}id`, system]),
  ),
  ['hsobjectid', 'hubspot'],
]);

/** Salesforce writes an id with 15 characters, or with three more that repeat its case. */
const SALESFORCE_ID = /^([a-z\d]{15})[a-z\d]{3}$/i;
const CRM_ID = new RegExp(`^(?:${SYSTEMS.join('|')}):.`);

/**
 * The id of a person in a CRM that a field has, after the name of the system (`hubspot:51`), so that equal numbers of two systems are two
 * people; undefined for another field, and for a value that identifies nobody.
 */
export const crmIdOfField = (field: string, value: unknown): string | undefined =>
  idOf(SYSTEM_OF_FIELD.get(plainName(field)), value);

/** The same of a member of `context.externalIds` of the Segment protocol: `{ id, type, collection: 'users' }`. */
export const crmIdOfExternal = (external: unknown): string | undefined => {
  if (typeof external !== 'object' || external === null || Array.isArray(external)) return undefined;
  const { id, type, collection = 'users' } = external as Readonly<Record<string, unknown>>;
  if (typeof type !== 'string' || collection !== 'users') return undefined;
  return idOf(SYSTEM_OF_FIELD.get(plainName(type)) ?? SYSTEMS.find((system) => system === type), id);
};

/** Whether a text is an id as the functions above give it. */
export const isCrmId = (text: string): boolean => CRM_ID.test(text);

const idOf = (system: string | undefined, value: unknown): string | undefined => {
  if (system === undefined || (typeof value !== 'string' && typeof value !== 'number')) return undefined;
  const id = String(value).trim();
  if (id.length > MAX_ID || isPlaceholderId(id)) return undefined;
  return `${system}:${system === 'salesforce' ? id.replace(SALESFORCE_ID, '$1') : id}`;
};
