/**
 * Values that broken integrations send in place of an id: an unset variable, or a default that many people share. As an
 * identifier each of them would merge all of its senders into one lead. Lower case.
 */
const PLACEHOLDER_IDS: ReadonlySet<string> = new Set(
  `null undefined none nil nan void na n/a false true -1 unknown anonymous anon anonymousid anonymous_id guest user userid
   user_id visitor id uuid string (not_set) not_set not-set default empty blank`
    .split(/\s+/)
    .concat('[object object]', '(not set)', 'not set'),
);

/** Blank, zeros or punctuation only; this includes the nil UUID. */
const BLANK_ID = /^[\s0.,:;_/\\-]*$/;

/** Whether an id identifies nobody, whatever its case and surrounding white space. */
export const isPlaceholderId = (id: string): boolean =>
  BLANK_ID.test(id) || PLACEHOLDER_IDS.has(id.trim().toLowerCase());
