import { conditionSchema } from '@baton/conditions';
import type { Violation } from '@baton/contracts';
import type { Outgoing, Transaction } from '@baton/bus';
import type { Type } from '@nestjs/common';
import { documentCheck } from './document-check.js';

/** A version that holds, or held, with its document parsed and compiled. */
export interface ActiveDefinition<Document extends object = any, Compiled = any> {
  /** `<kind>-<version>`: record it with every decision made by it. */
  readonly id: string;
  readonly kind: string;
  readonly version: number;
  readonly activeFrom: Date;
  /** Frozen. */
  readonly document: Document;
  readonly compiled: Compiled;
}

/**
 * What the owner of a kind does when both teams have signed a version, in the transaction of the second signature. The version may be
 * for a later instant: what depends on it must wait until `definition.activeFrom` (a timer).
 */
export interface ActivationHandler<Document extends object = any, Compiled = any> {
  activated(tx: Transaction, definition: ActiveDefinition<Document, Compiled>): Promise<readonly Outgoing[]>;
}

export interface KindSpec<Document extends object, Compiled> {
  /** In words joined by `-`: part of ids and paths. */
  readonly name: string;
  /** JSON Schema 2020-12 of the document; conditions stand in it as `conditionRef`. */
  readonly schema: object;
  /** What a schema cannot say: the document contradicts itself, refers to what is not there. Asked of documents of the right shape only. */
  readonly check?: (document: Document) => readonly Violation[];
  /** What the rules need of it, made once per version. */
  readonly compile?: (document: Document) => Compiled;
  /** Version 1 of a new installation. */
  readonly default: Document;
  /** An injectable class; `definitionProviders` provides it. */
  readonly onActivated?: Type<ActivationHandler<Document, Compiled>>;
}

export interface DefinitionKind<Document extends object = any, Compiled = any> extends Omit<
  KindSpec<Document, Compiled>,
  'check'
> {
  readonly compile: (document: Document) => Compiled;
  /** Everything wrong with what somebody wants to be a document of this kind; empty when it may be drafted. */
  readonly violationsOf: (document: unknown) => readonly Violation[];
}

const NAME = /^[a-z]+(-[a-z]+)*$/;

/** Declares a kind of definition. Throws when its default is not a document that could be signed. */
export const defineKind = <Document extends object, Compiled = Document>(
  spec: KindSpec<Document, Compiled>,
): DefinitionKind<Document, Compiled> => {
  const { check = () => [], ...rest } = spec;
  if (!NAME.test(spec.name)) throw new TypeError(`a kind of definition cannot be called '${spec.name}'`);
  const violationsOf = documentCheck(spec.schema, check);
  const violations = violationsOf(spec.default);
  if (violations.length > 0)
    throw new TypeError(`the default ${spec.name} is not valid: ${JSON.stringify(violations)}`);
  const compile = spec.compile ?? ((document: Document) => document as unknown as Compiled);
  return Object.freeze({ ...rest, compile, violationsOf });
};

/** The schema of a kind, complete in itself: what it refers to stands in its `$defs`. */
export const bundledSchema = ({ schema }: DefinitionKind): object => {
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  const conditional = JSON.stringify(schema).includes(conditionSchema.$id);
  const { $defs = {} } = schema as { $defs?: object };
  return { $schema, ...schema, ...(conditional ? { $defs: { ...$defs, condition: conditionSchema } } : {}) };
};
