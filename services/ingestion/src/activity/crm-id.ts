import { identifyingId } from './identity.js';
import { isObject, type Json } from './invalid-message.js';

const SYSTEMS = ['crm', 'salesforce', 'hubspot', 'pipedrive', 'dynamics', 'zoho'] as const;
const MAX_ID = 200;
const MAX_EXTERNAL_IDS = 20;

/** How senders spell the id of a person in each system: `salesforceLeadId`, `hubspot_contact_id`, `crmId`. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ...SYSTEMS.flatMap((system) =>
    ['', 'Lead', 'Contact', 'Person'].flatMap((object): [string, string][] => [
      [`${system}${object}Id`, system],
      [`${system}_${object === '' ? '' : `${object.toLowerCase()}_`}id`, system],
    ]),
  ),
  ['hs_object_id', 'hubspot'],
]);

/** Salesforce writes an id with 15 characters, or with three more that repeat its case. */
const SALESFORCE_ID = /^([a-z\d]{15})[a-z\d]{3}$/i;

/**
 * The id of the person in a CRM, after the name of the system, so that equal numbers of two systems are two people. Read from the traits,
 * else from `context.externalIds` of the Segment protocol (`{ id, type, collection: 'users' }`).
 */
export const crmIdOf = (traits: Json, externalIds?: unknown): string | undefined => {
  for (const name in traits) {
    const id = idOf(SPELLINGS.get(name), traits[name]);
    if (id !== undefined) return id;
  }
  if (!Array.isArray(externalIds)) return undefined;
  for (const external of externalIds.slice(0, MAX_EXTERNAL_IDS)) {
    if (!isObject(external) || (external['collection'] ?? 'users') !== 'users') continue;
    const type = String(external['type']);
    const id = idOf(SPELLINGS.get(type) ?? SYSTEMS.find((system) => system === type), external['id']);
    if (id !== undefined) return id;
  }
  return undefined;
};

const idOf = (system: string | undefined, value: unknown): string | undefined => {
  if (system === undefined || (typeof value !== 'string' && typeof value !== 'number')) return undefined;
  const id = identifyingId(String(value).trim());
  if (id === undefined || id.length > MAX_ID) return undefined;
  return `${system}:${system === 'salesforce' ? id.replace(SALESFORCE_ID, '$1') : id}`;
};
