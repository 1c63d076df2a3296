import { plainName, traitNamed } from '@baton/contracts';
import { UsageError } from '../cli-error.js';
import { nearestOf } from '../learn/nearest.js';
import { FIELD_NAMES, fieldNamed, isField, type Field, type Kind } from './fields.js';

/** What a column becomes. `as` is the name that ingestion reads a trait by, for those who confirm the mapping. */
export type Target =
  | { readonly to: 'field'; readonly field: Field }
  | { readonly to: 'trait' | 'property'; readonly name: string; readonly as: string }
  | { readonly to: 'nothing' };

export interface MappingOptions {
  readonly kind?: Kind | undefined;
  /** By target, the column: a field, a trait, or `ignore`, which takes several columns. */
  readonly columns: ReadonlyMap<string, string | readonly string[]>;
}

export interface Mapping {
  readonly kind: Kind;
  readonly hasOutcomes: boolean;
  /** Of any column, also one that only a later line of NDJSON has. */
  readonly targetOf: (column: string) => Target;
  /** The column of a field, for messages about it. */
  readonly columnOf: (field: Field) => string | undefined;
}

const IGNORE = 'ignore';
/** An activity is about its event: only these say who did it. */
const PERSON = new Set(['email', 'phone']);
/** As ingestion takes the ids of CRMs. */
const CRM_ID =
  /^(?:crm|salesforce|hubspot|pipedrive|dynamics|zoho)_?(?:lead_?|contact_?|person_?)?id$|^hs_object_id$/i;

/** Columns in which exports of CRMs (HubSpot, Salesforce, Pipedrive, Dynamics) have their id of a person. */
const CRM_COLUMNS: ReadonlySet<string> = new Set(
  'recordid leadid leadid18 contactid contactid18 personid prospectid donotmodifylead'.split(' '),
);

/** Whether ingestion tells by a trait of this name who somebody is. */
export const isIdentifying = (name: string): boolean =>
  PERSON.has(traitNamed(name) ?? '') || CRM_ID.test(name);

/** NDJSON in the form of the Segment protocol has them in objects of these names. */
const PREFIX = /^(?:properties|traits|context\.traits)\./;

/**
 * Columns by their names, as far as the options do not say otherwise. The first column of a field is it; further ones are traits or
 * properties, as all others.
 * @throws UsageError for options that do not fit the file, and without a column that says who a row is about
 */
export const mappingOf = (columns: readonly string[], options: MappingOptions): Mapping => {
  const given = givenTargets(columns, options.columns);
  const isGiven = (field: Field): boolean =>
    [...given.values()].some((target) => target.to === 'field' && target.field === field);
  const has = (field: Field, kind: Kind): boolean =>
    isGiven(field) ||
    columns.some(
      (column) => !given.has(column) && fieldNamed(column, { kind, hasOutcomes: false }) === field,
    );
  const kind = options.kind ?? (has('event', 'activities') ? 'activities' : 'leads');
  const hasOutcomes = kind === 'outcomes' || (kind === 'leads' && has('outcome', kind));
  const targets = new Map<string, Target>(given);
  const columnOf = new Map<Field, string>();
  for (const [column, target] of given) if (target.to === 'field') columnOf.set(target.field, column);
  const crmColumn = crmColumnOf(columns, given);
  if (crmColumn !== undefined) targets.set(crmColumn, { to: 'trait', name: 'crmId', as: 'crmId' });
  const targetOf = (column: string): Target => {
    const known = targets.get(column);
    if (known) return known;
    const field = fieldNamed(column, { kind, hasOutcomes });
    const target: Target =
      field !== undefined && !columnOf.has(field) ? { to: 'field', field } : unnamedTarget(column, kind);
    if (target.to === 'field') columnOf.set(target.field, column);
    targets.set(column, target);
    return target;
  };
  const mapping: Mapping = { kind, hasOutcomes, targetOf, columnOf: (field) => columnOf.get(field) };
  for (const column of columns) targetOf(column);
  checkRequired(mapping, columns);
  return mapping;
};

/** The column of the person's id in a CRM, when none is named so and several may be. */
const crmColumnOf = (columns: readonly string[], given: ReadonlyMap<string, Target>): string | undefined => {
  const isNamed =
    columns.some((column) => CRM_ID.test(column)) ||
    [...given.values()].some((target) => target.to === 'trait' && CRM_ID.test(target.name));
  if (isNamed) return undefined;
  return columns.find((column) => !given.has(column) && CRM_COLUMNS.has(plainName(column)));
};

const unnamedTarget = (column: string, kind: Kind): Target => {
  const name = column.replace(PREFIX, '');
  const trait = traitNamed(name);
  return kind === 'leads' || isIdentifying(name)
    ? { to: 'trait', name, as: trait ?? name }
    : { to: 'property', name, as: name };
};

const givenTargets = (
  columns: readonly string[],
  given: ReadonlyMap<string, string | readonly string[]>,
): Map<string, Target> => {
  const targets = new Map<string, Target>();
  for (const [name, named] of given) {
    const list = typeof named === 'string' ? [named] : named;
    if (name !== IGNORE && list.length !== 1)
      throw new UsageError(`--map ${name} has ${list.length} columns.`, 'Name one column for it.');
    for (const each of list) {
      const column = columnNamed(columns, each, name);
      if (targets.has(column))
        throw new UsageError(`--map: column "${column}" is named twice.`, 'A column becomes one thing.');
      targets.set(column, givenTarget(name));
    }
  }
  return targets;
};

const givenTarget = (name: string): Target => {
  if (name === IGNORE) return { to: 'nothing' };
  if (isField(name)) return { to: 'field', field: name };
  if (name.startsWith('properties.'))
    return { to: 'property', name: name.slice('properties.'.length), as: name.slice('properties.'.length) };
  return { to: 'trait', name, as: traitNamed(name) ?? name };
};

const columnNamed = (columns: readonly string[], name: string, target: string): string => {
  if (columns.includes(name)) return name;
  const alike = columns.filter((column) => plainName(column) === plainName(name));
  if (alike.length === 1) return alike[0]!;
  throw new UsageError(
    `--map ${target}: the file has no column "${name}". Did you mean "${nearestOf(name, columns)}"?`,
    `Its columns: ${columns.join(', ')}. Left of = are traits, ${FIELD_NAMES.join(', ')} or ignore.`,
  );
};

const checkRequired = (
  { kind, hasOutcomes, columnOf, targetOf }: Mapping,
  columns: readonly string[],
): void => {
  const hasPerson =
    columnOf('userId') !== undefined ||
    columnOf('anonymousId') !== undefined ||
    columns.some((column) => {
      const target = targetOf(column);
      return target.to === 'trait' && isIdentifying(target.name);
    });
  if (!hasPerson)
    throw missing('who a row is about', 'email=COLUMN, userId=COLUMN, phone=COLUMN or crmId=COLUMN', columns);
  if (
    kind === 'activities' &&
    ['event', 'type', 'url'].every((field) => columnOf(field as Field) === undefined)
  )
    throw missing('what was done', 'event=COLUMN', columns);
  if (kind === 'activities' && columnOf('at') === undefined)
    throw missing('when it was done', 'at=COLUMN', columns);
  if (kind === 'outcomes' && columnOf('outcome') === undefined)
    throw missing('the outcome', 'outcome=COLUMN', columns);
  const decided = kind === 'outcomes' ? 'at' : 'outcomeAt';
  if (hasOutcomes && columnOf(decided) === undefined)
    throw missing('when the outcome was', `${decided}=COLUMN`, columns);
};

const missing = (what: string, example: string, columns: readonly string[]): UsageError =>
  new UsageError(
    `No column says ${what}.`,
    `Pass --map ${example}. The columns of the file: ${columns.join(', ')}.`,
  );
