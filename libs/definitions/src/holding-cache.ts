import type { Activated, Definition } from './definition.js';
import type { Holding, Kind } from './kind.js';

/** Versions that one process works with at a time: those in force and those of running decisions. */
const MOST = 64;

const frozen = <Value>(value: Value): Value => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
};

/** An activated version as rules use it: parsed, frozen, compiled. */
export const holdingOf = <Document extends object, Compiled>(
  kind: Kind<Document, Compiled>,
  definition: Definition,
): Holding<Document, Compiled> => {
  if (!definition.activation) throw new Error(`'${definition.id}' is not activated`);
  const { id, version, activation } = definition;
  const document = frozen(structuredClone(definition.document)) as Document;
  return Object.freeze({
    ...{ id, kind: kind.name, version, activeFrom: activation.activeFrom, document },
    compiled: kind.compile(document),
  });
};

/** Activated versions, each parsed and compiled once. A version never changes, so nothing here goes stale. */
export class HoldingCache {
  private readonly holdings = new Map<string, Holding>();

  /** What `activated` stands for; `load` is asked when it is not here. */
  async get<Document extends object, Compiled>(
    kind: Kind<Document, Compiled>,
    activated: Activated,
    load: (id: string) => Promise<Definition | undefined>,
  ): Promise<Holding<Document, Compiled>> {
    // The instant belongs to the key: an activation seen within its own transaction may be rolled back and made anew.
    const key = `${activated.id} ${activated.activeFrom.getTime()}`;
    const known = this.holdings.get(key) as Holding<Document, Compiled> | undefined;
    if (known) return known;
    const definition = await load(activated.id);
    if (!definition) throw new Error(`there is no definition '${activated.id}'`);
    const holding = holdingOf(kind, definition);
    const [oldest] = this.holdings.keys();
    if (oldest !== undefined && this.holdings.size >= MOST) this.holdings.delete(oldest);
    this.holdings.set(key, holding);
    return holding;
  }
}
