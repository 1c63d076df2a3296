import { crmIdOfExternal, crmIdOfField } from '@baton/contracts';
import type { Json } from './invalid-message.js';

const MAX_EXTERNAL_IDS = 20;

/** The id of the person in a CRM: of the first trait that has one, else of `context.externalIds` of the Segment protocol. */
export const crmIdOf = (traits: Json, externalIds?: unknown): string | undefined => {
  for (const name in traits) {
    const id = crmIdOfField(name, traits[name]);
    if (id !== undefined) return id;
  }
  if (!Array.isArray(externalIds)) return undefined;
  for (const external of externalIds.slice(0, MAX_EXTERNAL_IDS)) {
    const id = crmIdOfExternal(external);
    if (id !== undefined) return id;
  }
  return undefined;
};
