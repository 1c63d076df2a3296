// Crockford's alphabet: no I, L, O and U, which are misread on paper.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const GROUP = /.{4}/g;

/** Random bytes of a code; 80 bits, so that a hash without salt cannot be reversed. */
export const RECOVERY_CODE_BYTES = 10;
export const RECOVERY_CODES = 10;

/** Random bytes as a code to write down: four groups of four characters. */
export const recoveryCodeOf = (random: Uint8Array): string => {
  const bits = Array.from(random, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const characters = bits.match(/.{5}/g) ?? [];
  return (
    characters
      .map((five) => ALPHABET[Number.parseInt(five, 2)])
      .join('')
      .match(GROUP) ?? []
  ).join('-');
};

/** A code as it was typed, without differences that a reader of it makes. */
export const normalRecoveryCode = (typed: string): string => {
  const characters = typed
    .toLowerCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1');
  return (characters.match(GROUP) ?? []).join('-');
};
