import { fold } from '@baton/conditions';

/** What a seller must have to be offered a lead: routing rules ask for it. */
export interface Needs {
  /** Ids: one of these sellers. */
  readonly sellers?: readonly string[];
  /** All of them. */
  readonly skills?: readonly string[];
  /** All of them; `de` is spoken by those who speak `de-AT`. */
  readonly languages?: readonly string[];
  /** One of them; of a lead that is in none no seller has one. */
  readonly territories?: readonly string[];
}

/** What a seller has, as the roster says. */
export interface Profile {
  readonly skills: readonly string[];
  readonly languages: readonly string[];
  readonly territories: readonly string[];
}

/** A profile as needs are compared with: folded, and a language with those that it is a variant of. */
export type Tags = Readonly<Record<keyof Profile, readonly string[]>>;

export const tagsOf = ({ skills, languages, territories }: Profile): Tags => ({
  skills: skills.map(tagOf),
  languages: languages.flatMap((language) => {
    const parts = tagOf(language).split('-');
    return parts.map((_, n) => parts.slice(0, n + 1).join('-'));
  }),
  territories: territories.map(tagOf),
});

/** Tags are compared without regard to case, accents and space around them. */
export const tagOf = (text: string): string => fold(text.trim());

/** Needs as a query compares them with `Tags`. */
export const foldedNeeds = ({ sellers, skills, languages, territories }: Needs): Needs => ({
  ...(sellers && { sellers }),
  ...(skills && { skills: skills.map(tagOf) }),
  ...(languages && { languages: languages.map(tagOf) }),
  ...(territories && { territories: territories.map(tagOf) }),
});

/** Why a seller does not meet the needs, as a phrase that follows the name; undefined: they do. */
export const lackOf = (id: string, tags: Tags, needs: Needs): string | undefined => {
  if (needs.sellers && !needs.sellers.includes(id)) return 'is not named by the rule';
  const skills = missing(needs.skills, tags.skills);
  if (skills.length > 0) return `lacks the skill ${skills.join(', ')}`;
  const languages = missing(needs.languages, tags.languages);
  if (languages.length > 0) return `does not speak ${languages.join(', ')}`;
  if (!needs.territories || needs.territories.some((each) => tags.territories.includes(tagOf(each))))
    return undefined;
  return needs.territories.length > 0
    ? `covers no territory of the lead (${needs.territories.join(', ')})`
    : 'covers no territory of the lead, which is in none';
};

const missing = (needed: readonly string[] = [], had: readonly string[]): readonly string[] =>
  needed.filter((each) => !had.includes(tagOf(each)));
