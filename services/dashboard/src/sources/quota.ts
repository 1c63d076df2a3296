const MAX_QUOTA = 10_000_000_000;
/** Digits, or groups of three as people write them: `10,000`, `10 000`, `1’000`. */
const NUMBER = /^(?:\d{1,11}|\d{1,3}(?:[\s,.'’_]\d{3}){1,3})$/;

/** Events per day in a text; null for none, undefined for anything else. */
export const quotaIn = (text: string): number | null | undefined => {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (!NUMBER.test(trimmed)) return undefined;
  const quota = Number(trimmed.replace(/\D/g, ''));
  return quota >= 1 && quota <= MAX_QUOTA ? quota : undefined;
};
