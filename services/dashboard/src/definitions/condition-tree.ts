import { setAt } from './set-at.js';

/** A condition as JSON: a group (`all` or `any` of several), `not` of another, or a comparison. */
export type Tree = Readonly<Record<string, unknown>>;

export type Join = 'all' | 'any';

/** Levels of nesting that the services accept, the outermost condition included; `MAX_DEPTH` of libs/conditions. */
export const MAX_DEPTH = 8;

/** What a condition is below its `not`s. */
export interface ConditionNode {
  /** Two `not`s are none. */
  readonly isNegated: boolean;
  /** JSON Pointer from the condition to what is below its `not`s. */
  readonly path: string;
  readonly core: Tree;
  readonly group: { readonly join: Join; readonly members: readonly Tree[] } | undefined;
}

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const groupOf = (core: Tree): ConditionNode['group'] => {
  const join = (['all', 'any'] as const).find((each) => each in core);
  const members: unknown = join && core[join];
  return join && Array.isArray(members) && members.every(isTree) ? { join, members } : undefined;
};

export const nodeOf = (condition: Tree): ConditionNode => {
  let core = condition;
  let nots = 0;
  for (; isTree(core['not']); nots += 1) core = core['not'];
  return { isNegated: nots % 2 === 1, path: '/not'.repeat(nots), core, group: groupOf(core) };
};

const levelsOf = (condition: Tree): number => {
  const { path, group } = nodeOf(condition);
  return 1 + path.length / '/not'.length + Math.max(0, ...(group?.members ?? []).map(levelsOf));
};

/** Whether a condition may stand at a level, from 1 for the outermost. */
export const fits = (condition: Tree, level: number): boolean => level - 1 + levelsOf(condition) <= MAX_DEPTH;

/** The opposite of a condition. */
export const negated = (condition: Tree): Tree => {
  const { isNegated, core } = nodeOf(condition);
  return isNegated ? core : { not: core };
};

/** A group whose members are joined by `join`. */
export const joinedBy = (condition: Tree, join: Join): Tree => {
  const { path, group } = nodeOf(condition);
  return setAt(condition, path, { [join]: group!.members });
};

/** A group with one more member; a condition that is no group becomes one. */
export const withMember = (condition: Tree, added: Tree): Tree => {
  const { path, group } = nodeOf(condition);
  return group
    ? setAt(condition, `${path}/${group.join}/${group.members.length}`, added)
    : { all: [condition, added] };
};

/** A group without one of its members; a group of one is that one. */
export const withoutMember = (condition: Tree, index: number): Tree => {
  const { path, group } = nodeOf(condition);
  const rest = group!.members.filter((_, at) => at !== index);
  return setAt(condition, path, rest.length === 1 ? rest[0]! : { [group!.join]: rest });
};

/** What can be added to a condition: another comparison, and a group joined the other way. */
export const additions = (condition: Tree, comparison: Tree): { row: Tree; group: Tree } => {
  const join = nodeOf(condition).group?.join === 'any' ? 'all' : 'any';
  return { row: comparison, group: { [join]: [comparison, comparison] } };
};
