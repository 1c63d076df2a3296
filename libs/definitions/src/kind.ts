import type { Outgoing, Transaction } from '@baton/bus';
import { conditionSchema } from '@baton/conditions';
import type { Violation } from '@baton/contracts';
import type { Type } from '@nestjs/common';
import { schemaCheck } from './document-check.js';
import { storageViolation } from './document-limits.js';
import type { Sentence } from './sentences.js';

/** An activated version with its document parsed and compiled. */
export interface ActiveDefinition<Document extends object = any, Compiled = any> {
  /** `<kind>-<version>`; record it with every decision that uses it. */
  readonly id: string;
  readonly kind: string;
  readonly version: number;
  readonly activeFrom: Date;
  /** Frozen. */
  readonly document: Document;
  readonly compiled: Compiled;
}

/**
 * Called when both teams have signed a version of the kind, in the transaction of the second signature. The version may be scheduled:
 * effects that must wait until `definition.activeFrom` need a timer.
 */
export interface ActivationHandler<Document extends object = any, Compiled = any> {
  activated(tx: Transaction, definition: ActiveDefinition<Document, Compiled>): Promise<readonly Outgoing[]>;
}

export interface KindSpec<Document extends object, Compiled> {
  /** Lower-case words joined by `-`; part of ids and paths. */
  readonly name: string;
  /** JSON Schema 2020-12 of the document, with `conditionRef` for conditions. */
  readonly schema: object;
  /** Stored with each document; increase it, and add a step to `upcast`, when older documents do not match the schema. 1 if omitted. */
  readonly schemaVersion?: number;
  /** A document of schema version `from` in the form of the current one. The stored document stays as it was signed. */
  readonly upcast?: (document: object, from: number) => object;
  /** Rules that a schema cannot express, such as references within the document. Called with documents that match the schema. */
  readonly check?: (document: Document) => readonly Violation[];
  /** The document in plain English, for people who sign. Without it they are shown the values that differ. */
  readonly describe?: (document: Document) => readonly Sentence[];
  /** What rules need of the document; called once per version and process. */
  readonly compile?: (document: Document) => Compiled;
  /** Version 1 of a new installation. */
  readonly default: Document;
  /** An injectable class, provided by `definitionProviders`. */
  readonly onActivated?: Type<ActivationHandler<Document, Compiled>>;
}

export interface DefinitionKind<Document extends object = any, Compiled = any> extends Omit<
  KindSpec<Document, Compiled>,
  'check'
> {
  readonly schemaVersion: number;
  readonly upcast: (document: object, from: number) => object;
  readonly compile: (document: Document) => Compiled;
  /** Violations that keep a document from being drafted. */
  readonly violationsOf: (document: unknown) => readonly Violation[];
  /** Violations of the schema alone, for documents that were signed under an earlier `check`. */
  readonly schemaViolationsOf: (document: unknown) => readonly Violation[];
}

const NAME = /^[a-z]+(-[a-z]+)*$/;

/**
 * Declares a kind of definition.
 * @throws TypeError when the name or the default is not valid
 */
export const defineKind = <Document extends object, Compiled = Document>(
  spec: KindSpec<Document, Compiled>,
): DefinitionKind<Document, Compiled> => {
  const { check = () => [], ...rest } = spec;
  if (!NAME.test(spec.name)) throw new TypeError(`'${spec.name}' is not a valid name of a kind`);
  const schemaViolationsOf = schemaCheck(spec.schema);
  const violationsOf = (document: unknown): readonly Violation[] => {
    const violation = storageViolation(document);
    if (violation) return [violation];
    const violations = schemaViolationsOf(document);
    return violations.length > 0 ? violations : check(document as Document);
  };
  const violations = violationsOf(spec.default);
  if (violations.length > 0)
    throw new TypeError(`the default ${spec.name} is not valid: ${JSON.stringify(violations)}`);
  return Object.freeze({
    ...rest,
    schemaVersion: spec.schemaVersion ?? 1,
    upcast: spec.upcast ?? ((document: object) => document),
    // Without `compile`, the type parameter `Compiled` is the document's own type, which the compiler cannot know here.
    compile: spec.compile ?? ((document: Document) => document as unknown as Compiled),
    violationsOf,
    schemaViolationsOf,
  });
};

/** The schema of a kind with everything it refers to in `$defs`. */
export const bundledSchema = ({ schema }: DefinitionKind): object => {
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  const hasConditions = JSON.stringify(schema).includes(conditionSchema.$id);
  const { $defs = {} } = schema as { $defs?: object };
  return {
    $schema,
    ...schema,
    ...(hasConditions ? { $defs: { ...$defs, condition: conditionSchema } } : {}),
  };
};
