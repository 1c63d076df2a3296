import type { ErrorObject } from 'ajv';
import type { EventContract } from './event-contract.js';
import { UNKNOWN } from './open-enum.js';
import {
  ON_UNKNOWN_VALUE,
  readerCheck,
  violationOf,
  writerCheck,
  type UnknownValuePolicy,
} from './validator.js';
import type { Violation } from './violation.js';

/** Data that breaks its contract. */
export class ContractViolation extends Error {
  override readonly name = 'ContractViolation';

  constructor(
    readonly type: string,
    readonly violations: readonly Violation[],
  ) {
    const list = violations.map(({ pointer, detail }) => `${pointer || '/'} ${detail}`).join('; ');
    super(`${type} breaks its contract: ${list}`);
  }
}

/**
 * What a reader got. `not-understood`: valid but for a required enum value that this build does not know, as a newer producer may
 * send it; the reader passes the event by and counts it.
 */
export type Decoded<Data extends object> =
  { readonly kind: 'event'; readonly data: Data } | ({ readonly kind: 'not-understood' } & Violation);

/**
 * The JSON text of an event. Strict: a field that the contract does not name is a violation.
 * @throws ContractViolation
 */
export const encode = <Data extends object>(contract: EventContract<string, Data>, data: Data): string => {
  const isValid = writerCheck(contract);
  if (!isValid(data)) throw violationsOf(contract, isValid.errors);
  return JSON.stringify(data);
};

/**
 * Validates parsed JSON for a reader. Tolerant, so that producers may be upgraded after readers: fields that the contract does not name
 * are dropped, and so is an unknown value of an optional enum; one of an open enum becomes `'unknown'`. Changes `json` in place.
 * @throws ContractViolation
 */
export const decode = <Data extends object>(
  contract: EventContract<string, Data>,
  json: unknown,
): Decoded<Data> => {
  const isValid = readerCheck(contract);
  if (isValid(json)) return { kind: 'event', data: json as Data };
  const errors = isValid.errors ?? [];
  if (!errors.every(isUnknownValue)) throw violationsOf(contract, errors);
  const required = errors.find((error) => policyOf(error) === 'not-understood');
  if (required) return { kind: 'not-understood', ...violationOf(required) };
  // From the last to the first, so that an item dropped from a list does not move one that is still to be handled.
  errors.toReversed().forEach((error) => replaceUnknownValue(json, error));
  return isValid(json)
    ? { kind: 'event', data: json }
    : { kind: 'not-understood', ...violationOf(isValid.errors![0]!) };
};

const violationsOf = (contract: EventContract, errors: readonly ErrorObject[] | null | undefined) =>
  new ContractViolation(contract.type, (errors ?? []).map(violationOf));

const policyOf = ({ parentSchema }: ErrorObject): UnknownValuePolicy | undefined =>
  parentSchema?.[ON_UNKNOWN_VALUE] as UnknownValuePolicy | undefined;

/** A value of the type of the enum's values that is none of them; a number instead of a text is broken, not newer. */
const isUnknownValue = (error: ErrorObject): boolean =>
  error.keyword === 'enum' &&
  policyOf(error) !== undefined &&
  (error.schema as unknown[]).every((value) => typeof value === typeof error.data);

const replaceUnknownValue = (json: unknown, error: ErrorObject): void => {
  const names = error.instancePath
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const field = names.pop()!;
  let owner = json as Record<string, unknown>;
  for (const name of names) owner = owner[name] as Record<string, unknown>;
  if (policyOf(error) === 'map-to-unknown') owner[field] = UNKNOWN;
  else if (Array.isArray(owner)) owner.splice(Number(field), 1);
  else delete owner[field];
};
