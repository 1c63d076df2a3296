import type { ActivatedVersion, Definition } from './definition.js';
import type { ActiveDefinition, DefinitionKind } from './kind.js';

/** Versions that one process works with at a time: those in force and those of running decisions. */
const MAX_ENTRIES = 64;

const frozen = <Value>(value: Value): Value => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
};

/** An activated version as rules use it: parsed, frozen, compiled. */
export const activeDefinitionOf = <Document extends object, Compiled>(
  kind: DefinitionKind<Document, Compiled>,
  definition: Definition,
): ActiveDefinition<Document, Compiled> => {
  if (!definition.activation) throw new Error(`'${definition.id}' is not activated`);
  const { id, version, activation } = definition;
  const document = frozen(structuredClone(definition.document)) as Document;
  return Object.freeze({
    ...{ id, kind: kind.name, version, activeFrom: activation.activeFrom, document },
    compiled: kind.compile(document),
  });
};

/** Activated versions, each parsed and compiled once. A version never changes, so nothing here goes stale. */
export class DefinitionCache {
  private readonly holdings = new Map<string, ActiveDefinition>();

  /** What `activated` stands for; `load` is asked when it is not here. */
  async get<Document extends object, Compiled>(
    kind: DefinitionKind<Document, Compiled>,
    activated: ActivatedVersion,
    load: (id: string) => Promise<Definition | undefined>,
  ): Promise<ActiveDefinition<Document, Compiled>> {
    // The instant belongs to the key: an activation seen within its own transaction may be rolled back and made anew.
    const key = `${activated.id} ${activated.activeFrom.getTime()}`;
    const known = this.holdings.get(key) as ActiveDefinition<Document, Compiled> | undefined;
    if (known) return known;
    const definition = await load(activated.id);
    if (!definition) throw new Error(`there is no definition '${activated.id}'`);
    const holding = activeDefinitionOf(kind, definition);
    const [oldest] = this.holdings.keys();
    if (oldest !== undefined && this.holdings.size >= MAX_ENTRIES) this.holdings.delete(oldest);
    this.holdings.set(key, holding);
    return holding;
  }
}
