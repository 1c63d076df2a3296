import type { LeadConditions, LeadSort } from '../api/shapes.js';

/** What the address of the list says; `view` is the id of the saved view that it began with. */
export interface ListAddress {
  readonly conditions: LeadConditions;
  readonly sort: LeadSort;
  readonly view: string | undefined;
  /** Searched words. They are behind the `#`, which is never sent to a server, because they may be a name or an address. */
  readonly words: string;
}

type Kind = 'list' | 'text' | 'whole' | 'flag';

/** The parameter of each condition has its name. */
const KINDS: { readonly [Name in keyof LeadConditions]-?: Kind } = {
  account: 'text',
  stages: 'list',
  grades: 'list',
  owner: 'text',
  minPoints: 'whole',
  maxPoints: 'whole',
  sourceId: 'text',
  channel: 'text',
  campaign: 'text',
  createdFrom: 'text',
  createdTo: 'text',
  createdWithinDays: 'whole',
  activeFrom: 'text',
  activeTo: 'text',
  activeWithinDays: 'whole',
  identified: 'flag',
  hasEmail: 'flag',
};
const SORTS: readonly LeadSort[] = ['newest', 'activity', 'score'];
const WHOLE = /^-?\d{1,9}$/;

const valueIn = (params: URLSearchParams, name: string, kind: Kind): unknown => {
  const text = params.get(name);
  if (text === null || text === '') return undefined;
  if (kind === 'list') return params.getAll(name);
  if (kind === 'whole') return WHOLE.test(text) ? Number(text) : undefined;
  if (kind === 'flag') return text === 'true' ? true : text === 'false' ? false : undefined;
  return text;
};

/** Reads an address; what is none of its values is left out. */
export const readAddress = ({ search, hash }: { search: string; hash: string }): ListAddress => {
  const params = new URLSearchParams(search);
  const conditions = Object.entries(KINDS).flatMap(([name, kind]) => {
    const value = valueIn(params, name, kind);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    conditions: Object.fromEntries(conditions),
    sort: SORTS.find((sort) => sort === params.get('sort')) ?? 'newest',
    view: params.get('view') ?? undefined,
    words: new URLSearchParams(hash.replace(/^#/, '')).get('q') ?? '',
  };
};

/** Writes what `readAddress` reads. */
export const writeAddress = ({
  conditions,
  sort,
  view,
  words,
}: ListAddress): { search: string; hash: string } => {
  const params = new URLSearchParams();
  for (const name of Object.keys(KINDS) as (keyof LeadConditions)[])
    for (const value of [conditions[name] ?? []].flat()) params.append(name, String(value));
  if (sort !== 'newest') params.set('sort', sort);
  if (view !== undefined) params.set('view', view);
  return { search: params.toString(), hash: words === '' ? '' : `q=${encodeURIComponent(words)}` };
};

type Shown = Pick<ListAddress, 'conditions' | 'sort'>;

/** Whether two have the same conditions and sort. */
export const isSameList = (one: Shown, other: Shown): boolean => textOf(one) === textOf(other);

const textOf = ({ conditions, sort }: Shown): string =>
  writeAddress({ conditions, sort, view: undefined, words: '' }).search;
