// Senders choose the names; a hostile one must not fill the memory with them.
const MAX_REMEMBERED = 4_000;
const remembered = new Map<string, string>();

/** A field's name without its spelling: `first_name`, `First name`, `first-name` and `firstName` are all `firstname`. */
export const plainName = (field: string): string => {
  const known = remembered.get(field);
  if (known !== undefined) return known;
  const plain = field.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  if (remembered.size < MAX_REMEMBERED && field.length <= 64) remembered.set(field, plain);
  return plain;
};
