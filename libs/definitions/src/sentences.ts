/** One statement of a document in plain English; `key` identifies it in other versions of the document. */
export interface Sentence {
  readonly key: string;
  readonly words: string;
  /** What it is about, such as `“Webinar”`. With `parts` a change is told as what changed of it, not as two sentences. */
  readonly name?: string;
  /** What may change of it, by what it is called: `{ 'at most': '15' }`; the name of the main one is empty. */
  readonly parts?: Readonly<Record<string, string | undefined>>;
}

/** A statement that differs: `before` is null for a new one, `after` for one that no longer holds. */
export interface ChangedSentence {
  readonly before: string | null;
  readonly after: string | null;
  /** The difference in one sentence: `“Webinar” +8 → +5; at most 15 → 20`. */
  readonly words: string;
}

/** The statements that differ between two documents, in the order of the newer one; removed ones last. */
export const changedSentences = (
  before: readonly Sentence[],
  after: readonly Sentence[],
): ChangedSentence[] => {
  const old = new Map(before.map((sentence) => [sentence.key, sentence]));
  const kept = new Set(after.map(({ key }) => key));
  return [
    ...after.flatMap((sentence) => changeOf(old.get(sentence.key), sentence)),
    ...before
      .filter(({ key }) => !kept.has(key))
      .map(({ words }) => ({ before: words, after: null, words: `No longer: ${words}` })),
  ];
};

const changeOf = (old: Sentence | undefined, { words, name, parts }: Sentence): ChangedSentence[] => {
  if (!old) return [{ before: null, after: words, words: `New: ${words}` }];
  if (!old.parts || !parts) {
    if (old.words === words) return [];
    return [{ before: old.words, after: words, words: `${old.words} → ${words}` }];
  }
  const changed = changedParts(old.parts, parts);
  if (changed.length === 0) return [];
  const told = `${old.name ?? name ?? ''} ${changed.join('; ')}`.trim();
  return [{ before: old.words, after: words, words: told }];
};

const changedParts = (old: NonNullable<Sentence['parts']>, newer: NonNullable<Sentence['parts']>): string[] =>
  [...new Set([...Object.keys(newer), ...Object.keys(old)])]
    .filter((part) => old[part] !== newer[part])
    .map((part) => `${part} ${transition(old[part], newer[part])}`.trim());

const transition = (from: string | undefined, to: string | undefined): string => {
  if (from === undefined) return `${to} (new)`;
  return to === undefined ? `${from} (removed)` : `${from} → ${to}`;
};
