import type { ActivatedVersion, Definition } from './definition.js';
import { UnreadableDocument } from './document-check.js';
import type { ActiveDefinition, DefinitionKind } from './kind.js';

/** Versions kept in memory: those in force and those of open decisions. A document has at most 200,000 characters. */
const MAX_ENTRIES = 64;

const deepFrozen = <Value>(value: Value): Value => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFrozen);
  return value;
};

/**
 * An activated version as rules use it: brought to the current schema, checked, frozen and compiled.
 * @throws UnreadableDocument when the document does not match the current schema
 */
export const activeDefinitionOf = <Document extends object, Compiled>(
  kind: DefinitionKind<Document, Compiled>,
  { id, version, schemaVersion, document, activation }: Definition,
): ActiveDefinition<Document, Compiled> => {
  if (!activation) throw new Error(`'${id}' is not activated`);
  const current = deepFrozen(kind.upcast(structuredClone(document), schemaVersion)) as Document;
  const violations = kind.schemaViolationsOf(current);
  if (violations.length > 0) throw new UnreadableDocument(id, schemaVersion, kind.schemaVersion, violations);
  return Object.freeze({
    id,
    kind: kind.name,
    version,
    activeFrom: activation.activeFrom,
    document: current,
    compiled: kind.compile(current),
  });
};

/** Activated versions by id, each parsed and compiled once. Evicts the least recently used. */
export class DefinitionCache {
  private readonly definitions = new Map<string, ActiveDefinition>();

  find<Document extends object, Compiled>(
    kind: DefinitionKind<Document, Compiled>,
    id: string,
  ): ActiveDefinition<Document, Compiled> | undefined {
    const found = this.definitions.get(id);
    if (found?.kind !== kind.name) return undefined;
    this.keep(found);
    return found as ActiveDefinition<Document, Compiled>;
  }

  /** As `find` for a version read from the database; `load` reads its document when it is not cached. */
  async get<Document extends object, Compiled>(
    kind: DefinitionKind<Document, Compiled>,
    { id, activeFrom }: ActivatedVersion,
    load: (id: string) => Promise<Definition | undefined>,
  ): Promise<ActiveDefinition<Document, Compiled>> {
    const found = this.find(kind, id);
    if (found?.activeFrom.getTime() === activeFrom.getTime()) return found;
    const definition = await load(id);
    if (!definition) throw new Error(`there is no definition '${id}'`);
    return this.add(kind, definition);
  }

  add<Document extends object, Compiled>(
    kind: DefinitionKind<Document, Compiled>,
    definition: Definition,
  ): ActiveDefinition<Document, Compiled> {
    const added = activeDefinitionOf(kind, definition);
    const [oldest] = this.definitions.keys();
    if (oldest !== undefined && this.definitions.size >= MAX_ENTRIES) this.definitions.delete(oldest);
    this.keep(added);
    return added;
  }

  /** For an activation that was read within its own transaction and then rolled back. */
  remove(id: string): void {
    this.definitions.delete(id);
  }

  /** Puts it last: a Map iterates in the order of insertion. */
  private keep(definition: ActiveDefinition): void {
    this.definitions.delete(definition.id);
    this.definitions.set(definition.id, definition);
  }
}
