import { changedFields, type Changes } from '@baton/platform';
import { changesBetween } from './changes.js';
import { TEAMS, type Definition } from './definition.js';

/** What the audit log says of a draft: its version, and what it changes of the document that it is based on, by place. */
export const draftChanges = (base: Definition | undefined, draft: Definition): Changes => ({
  version: { from: base?.id ?? null, to: draft.id },
  ...Object.fromEntries(
    changesBetween(base?.document ?? {}, draft.document).map(
      ({ path, from = null, to = null }) => [path, { from, to }] as const,
    ),
  ),
});

/** What the audit log says of a signature; nothing for one that is repeated. */
export const signatureChanges = (before: Definition | undefined, after: Definition): Changes =>
  changedFields(before && signedOf(before), signedOf(after), ['signedBy', 'activeFrom']);

const signedOf = ({ signatures, activation }: Definition) => ({
  signedBy: TEAMS.filter((team) => signatures[team]),
  activeFrom: activation?.activeFrom ?? null,
});
