import { activeTraceparent, outgoing, type Outbox, type Outgoing, type Transaction } from '@baton/bus';
import { DefinitionActivated } from '@baton/contracts';
import { DomainError } from '@baton/platform';
import * as store from './definition.store.js';
import { idOf, inForce, TEAMS, type Definition, type Person } from './definition.js';
import { DefinitionCache, activeDefinitionOf } from './definition.cache.js';
import type { ActivationHandler, ActiveDefinition, DefinitionKind } from './kind.js';
import { decide, evolve, type SignRefusal, type SignCommand } from './signing.js';

/** Who signs what ships. */
const VENDOR: Person = { id: 'baton', name: 'Baton' };

export interface DraftCommand {
  readonly document: object;
  readonly note: string;
  readonly by: Person;
}

/** What holds of each of some kinds. */
export type ActiveDefinitions<Kinds extends readonly DefinitionKind[]> = {
  [At in keyof Kinds]: Kinds[At] extends DefinitionKind<infer Document, infer Compiled>
    ? ActiveDefinition<Document, Compiled>
    : never;
};

/** The hook of a kind, if it has one. */
export type HandlerOf = (kind: DefinitionKind) => ActivationHandler | undefined;

/** Which definition holds, and how the next one comes to hold. Injectable; see `definitionProviders`. */
export class Definitions {
  private readonly cache = new DefinitionCache();
  private readonly byName: ReadonlyMap<string, DefinitionKind>;

  constructor(
    readonly kinds: readonly DefinitionKind[],
    private readonly outbox: Outbox,
    private readonly handlerOf: HandlerOf = () => undefined,
  ) {
    this.byName = new Map(kinds.map((each) => [each.name, each]));
  }

  /**
   * The version of `kind` that holds at `now`, with its document parsed and compiled (once per version and process). One small
   * query each time, so that a signature counts from its commit on, whichever process took it. Throws when there is none:
   * `installDefaults` has not run.
   */
  async inForce<Document extends object, Compiled>(
    reader: store.Queryable,
    kind: DefinitionKind<Document, Compiled>,
    now: Date,
  ): Promise<ActiveDefinition<Document, Compiled>> {
    const [holding] = await this.allInForce(reader, [kind], now);
    return holding;
  }

  /** As {@link inForce}, for several kinds with one query; in the order of `kinds`. */
  async allInForce<const Kinds extends readonly DefinitionKind[]>(
    reader: store.Queryable,
    kinds: Kinds,
    now: Date,
  ): Promise<ActiveDefinitions<Kinds>> {
    const activated = await store.activatedByKind(
      reader,
      kinds.map((kind) => kind.name),
    );
    const holdings: ActiveDefinition[] = [];
    for (const kind of kinds) {
      const holding = inForce(activated.get(kind.name) ?? [], now);
      if (!holding) throw notInstalled(kind);
      holdings.push(await this.cache.get(kind, holding, (id) => store.find(reader, id)));
    }
    return holdings as ActiveDefinitions<Kinds>;
  }

  /** The version that a decision recorded, however old. Throws when the kind has no such activated version. */
  async version<Document extends object, Compiled>(
    reader: store.Queryable,
    kind: DefinitionKind<Document, Compiled>,
    id: string,
  ): Promise<ActiveDefinition<Document, Compiled>> {
    const recorded = (await store.activatedOf(reader, kind.name)).find((each) => each.id === id);
    if (!recorded) throw new Error(`'${id}' is no activated ${kind.name}`);
    return this.cache.get(kind, recorded, () => store.find(reader, id));
  }

  /** Any version of the kinds here, drafts too. */
  async find(reader: store.Queryable, id: string): Promise<Definition | undefined> {
    return this.byName.has(kindNameOf(id)) ? store.find(reader, id) : undefined;
  }

  /** Puts the default of each kind in force as version 1, once, however many processes start together. */
  async installDefaults(now: Date): Promise<void> {
    for (const kind of this.kinds)
      await this.outbox.transact(async (tx) => ({
        events: await this.install(tx, kind, now),
        result: undefined,
      }));
  }

  /** Keeps a new version that changes nothing yet. Throws a DomainError with the path of each fault. */
  async draft(kindName: string, { document, note, by }: DraftCommand, now: Date): Promise<Definition> {
    const kind = this.kindOf(kindName);
    const errors = kind.violationsOf(document);
    if (errors.length > 0)
      throw new DomainError('unprocessable', `The document is not a sound ${kindName}; see errors.`, {
        errors,
      });
    return this.outbox.transact(async (tx) => {
      const { versions } = await this.lock(tx, kind);
      const base = inForce(await store.activatedOf(tx, kind.name), now);
      const version = versions + 1;
      const drafted: Definition = {
        ...{ id: idOf(kind.name, version), kind: kind.name, version, document, note, signatures: {} },
        ...(base ? { basedOn: base.id } : {}),
        ...{ createdBy: by, createdAt: now },
      };
      await store.insert(tx, drafted);
      return { events: [], result: drafted };
    });
  }

  /**
   * Signs a version; the second team's signature activates it and says so, in the same transaction. Gives the definition after
   * that; signing again changes nothing.
   */
  async sign(id: string, sign: Omit<SignCommand, 'activations'>): Promise<Definition> {
    const kind = this.kindOfId(id);
    return this.outbox.transact(async (tx) => {
      const { activations, activatedAt } = await this.lock(tx, kind);
      const found = await store.find(tx, id);
      if (!found) throw notFound(id);
      // Another host's clock may be ahead of ours; what is signed last must still become active last.
      const now = activatedAt && activatedAt > sign.now ? activatedAt : sign.now;
      const decided = decide({ ...sign, now, activations }, found);
      if ('code' in decided) throw toDomainError(decided);
      const result = decided.reduce<Definition>(evolve, found);
      if (decided.length > 0) await store.saveSigned(tx, result, now);
      const activated = decided.some(({ type }) => type === 'activated');
      return { events: activated ? await this.activated(tx, kind, result) : [], result };
    });
  }

  private async install(tx: Transaction, kind: DefinitionKind, now: Date): Promise<readonly Outgoing[]> {
    if (!(await store.beginKind(tx, kind.name))) return [];
    const shipped: Definition = {
      ...{ id: idOf(kind.name, 1), kind: kind.name, version: 1, document: kind.default as object },
      ...{ note: 'The default that ships with Baton.', createdBy: VENDOR, createdAt: now },
      signatures: Object.fromEntries(TEAMS.map((team) => [team, { by: VENDOR, at: now }])),
      activation: { activeFrom: now, number: 1 },
    };
    await store.insert(tx, shipped);
    await store.saveSigned(tx, shipped, now);
    return this.activated(tx, kind, shipped);
  }

  private async activated(
    tx: Transaction,
    kind: DefinitionKind,
    definition: Definition,
  ): Promise<readonly Outgoing[]> {
    const { id, version, document, activation } = definition;
    const { activeFrom, number } = activation!;
    const said = outgoing(
      DefinitionActivated,
      {
        ...{ definitionId: id, kind: kind.name, version, activeFrom: activeFrom.toISOString() },
        document: document as Record<string, unknown>,
      },
      number,
      { traceparent: activeTraceparent() },
    );
    const handler = this.handlerOf(kind);
    if (!handler) return [said];
    return [said, ...(await handler.activated(tx, activeDefinitionOf(kind, definition)))];
  }

  private async lock(tx: Transaction, kind: DefinitionKind): Promise<store.KindCount> {
    const count = await store.lockKind(tx, kind.name);
    if (!count) throw notInstalled(kind);
    return count;
  }

  private kindOf(name: string): DefinitionKind {
    const kind = this.byName.get(name);
    if (kind) return kind;
    const known = [...this.byName.keys()].join(', ');
    throw new DomainError('not-found', `There is no definition of kind '${name}' here; there are ${known}.`);
  }

  private kindOfId(id: string): DefinitionKind {
    const kind = this.byName.get(kindNameOf(id));
    if (!kind) throw notFound(id);
    return kind;
  }
}

/** `sla-policy-3` → `sla-policy`; text that is no id gives no kind. */
const kindNameOf = (id: string): string => id.replace(/-\d{1,9}$/, '');

export const notFound = (id: string): DomainError =>
  new DomainError('not-found', `There is no definition '${id}' here.`);

const notInstalled = (kind: DefinitionKind): Error =>
  new Error(`no ${kind.name} is in force: the defaults are not installed`);

const toDomainError = ({ code, detail, pointer, signature }: SignRefusal): DomainError =>
  new DomainError(code, detail, {
    ...(pointer ? { errors: [{ pointer, detail }] } : {}),
    ...(signature ? { signedAt: signature.at.toISOString(), signedBy: signature.by.name } : {}),
  });
