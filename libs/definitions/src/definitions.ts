import {
  activeTraceparent,
  type Outbox,
  outgoing,
  type Outgoing,
  type Queryable,
  type Transaction,
} from '@baton/bus';
import { DefinitionActivated } from '@baton/contracts';
import { DomainError } from '@baton/platform';
import * as store from './definition.store.js';
import { idOf, inForce, stateOf, TEAMS, type Definition, type Person } from './definition.js';
import { activeDefinitionOf, DefinitionCache } from './definition.cache.js';
import type { ActivationHandler, ActiveDefinition, DefinitionKind } from './kind.js';
import { decide, evolve, type SignRefusal, type SignCommand } from './signing.js';

/** Signer of the defaults. */
const VENDOR: Person = { id: 'baton', name: 'Baton' };

export interface DraftCommand {
  readonly document: object;
  readonly note: string;
  readonly by: Person;
}

/** The version in force of each of some kinds. */
export type ActiveDefinitions<Kinds extends readonly DefinitionKind[]> = {
  [At in keyof Kinds]: Kinds[At] extends DefinitionKind<infer Document, infer Compiled>
    ? ActiveDefinition<Document, Compiled>
    : never;
};

/** The activation handler of a kind, if it has one. */
export type HandlerOf = (kind: DefinitionKind) => ActivationHandler | undefined;

/** Reads, drafts and signs the definitions of a service. Injectable; see `definitionProviders`. */
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
   * The version of `kind` in force at `now`. One small query per call, so that a version signed in another process counts from its
   * commit; the document is parsed and compiled once per version and process.
   * @throws Error when `installDefaults` has not run
   */
  async inForce<Document extends object, Compiled>(
    reader: Queryable,
    kind: DefinitionKind<Document, Compiled>,
    now: Date,
  ): Promise<ActiveDefinition<Document, Compiled>> {
    const [definition] = await this.allInForce(reader, [kind], now);
    return definition;
  }

  /** As {@link inForce} for several kinds with one query, in the order of `kinds`. */
  async allInForce<const Kinds extends readonly DefinitionKind[]>(
    reader: Queryable,
    kinds: Kinds,
    now: Date,
  ): Promise<ActiveDefinitions<Kinds>> {
    const activated = await store.activatedByKind(
      reader,
      kinds.map((kind) => kind.name),
    );
    const definitions: ActiveDefinition[] = [];
    for (const kind of kinds) {
      const version = inForce(activated.get(kind.name) ?? [], now);
      if (!version) throw notInstalled(kind);
      definitions.push(await this.cache.get(kind, version, (id) => store.find(reader, id)));
    }
    return definitions as ActiveDefinitions<Kinds>;
  }

  /**
   * The activated version that a decision recorded, of any age. Queries only when the version is not cached.
   * @throws Error when the kind has no such activated version
   */
  async version<Document extends object, Compiled>(
    reader: Queryable,
    kind: DefinitionKind<Document, Compiled>,
    id: string,
  ): Promise<ActiveDefinition<Document, Compiled>> {
    const cached = this.cache.find(kind, id);
    if (cached) return cached;
    const found = await store.find(reader, id);
    if (found?.kind !== kind.name || !found.activation)
      throw new Error(`'${id}' is no activated ${kind.name}`);
    return this.cache.add(kind, found);
  }

  /** Any version of the kinds of this service, drafts included. */
  async find(reader: Queryable, id: string): Promise<Definition | undefined> {
    return this.byName.has(kindNameOf(id)) ? store.find(reader, id) : undefined;
  }

  /** Activates the default of each kind as version 1, once for all processes of the service. */
  async installDefaults(now: Date): Promise<void> {
    for (const kind of this.kinds)
      await this.activating(idOf(kind.name, 1), async (tx) => ({
        events: await this.install(tx, kind, now),
        result: undefined,
      }));
  }

  /**
   * Stores a new version; it has no effect before both teams sign it.
   * @throws DomainError with every violation of the document
   */
  async draft(kindName: string, command: DraftCommand, now: Date): Promise<Definition> {
    const kind = this.kindOf(kindName);
    mustBeValid(kind, command.document);
    return this.outbox.transact(async (tx) => ({
      events: [],
      result: await this.insert(tx, kind, command, now),
    }));
  }

  /**
   * Drafts the document of an earlier version anew, in the form of the current schema. What is in force changes when both teams have
   * signed it.
   * @throws DomainError when the version was not in force before, or is not valid any more
   */
  async rollBack(
    id: string,
    { reason, by }: { readonly reason: string; readonly by: Person },
    now: Date,
  ): Promise<Definition> {
    const kind = this.kindOfId(id);
    return this.outbox.transact(async (tx) => {
      const earlier = await store.find(tx, id);
      if (!earlier) throw notFound(id);
      const current = inForce(await store.activatedOf(tx, kind.name), now);
      const state = stateOf(earlier, current?.id, now);
      if (state !== 'superseded')
        throw new DomainError(
          'conflict',
          `${id} is ${state}; roll back to a version that was in force before.`,
        );
      const document = kind.upcast(earlier.document, earlier.schemaVersion);
      mustBeValid(kind, document);
      const note = `Roll back to version ${earlier.version}: ${reason}`;
      return { events: [], result: await this.insert(tx, kind, { document, note, by }, now) };
    });
  }

  /**
   * Signs a version. The second team's signature activates it and publishes that, in the same transaction. Signing again changes
   * nothing. Returns the definition after the signature.
   * @throws DomainError when the signature is refused
   */
  async sign(id: string, command: Omit<SignCommand, 'activations'>): Promise<Definition> {
    const kind = this.kindOfId(id);
    return this.activating(id, async (tx) => {
      const { activations, activatedAt } = await this.lock(tx, kind);
      const found = await store.find(tx, id);
      if (!found) throw notFound(id);
      // The clock of another process may be ahead: the version signed last must also become active last.
      const now = activatedAt && activatedAt > command.now ? activatedAt : command.now;
      const decided = decide({ ...command, now, activations }, found);
      if ('code' in decided) throw toDomainError(decided);
      const signed = decided.reduce<Definition>(evolve, found);
      if (decided.length > 0) await store.saveSigned(tx, signed, now);
      const isActivated = decided.some(({ type }) => type === 'activated');
      return { events: isActivated ? await this.activated(tx, kind, signed) : [], result: signed };
    });
  }

  /** A transaction that may activate a version. Its handler may have cached the activation, which a rollback makes void. */
  private async activating<Result>(
    id: string,
    work: (tx: Transaction) => Promise<{ events: readonly Outgoing[]; result: Result }>,
  ): Promise<Result> {
    try {
      return await this.outbox.transact(work);
    } catch (fault) {
      this.cache.remove(id);
      throw fault;
    }
  }

  /** A draft based on the version in force. */
  private async insert(
    tx: Transaction,
    kind: DefinitionKind,
    { document, note, by }: DraftCommand,
    now: Date,
  ): Promise<Definition> {
    const { versions } = await this.lock(tx, kind);
    const base = inForce(await store.activatedOf(tx, kind.name), now);
    const drafted: Definition = {
      id: idOf(kind.name, versions + 1),
      kind: kind.name,
      version: versions + 1,
      schemaVersion: kind.schemaVersion,
      document,
      note,
      ...(base ? { basedOn: base.id } : {}),
      createdBy: by,
      createdAt: now,
      signatures: {},
    };
    await store.insert(tx, drafted);
    return drafted;
  }

  private async install(tx: Transaction, kind: DefinitionKind, now: Date): Promise<readonly Outgoing[]> {
    if (!(await store.beginKind(tx, kind.name))) return [];
    const installed: Definition = {
      id: idOf(kind.name, 1),
      kind: kind.name,
      version: 1,
      schemaVersion: kind.schemaVersion,
      document: kind.default as object,
      note: 'The default that ships with Baton.',
      createdBy: VENDOR,
      createdAt: now,
      signatures: Object.fromEntries(TEAMS.map((team) => [team, { by: VENDOR, at: now }])),
      activation: { activeFrom: now, number: 1 },
    };
    await store.insert(tx, installed);
    await store.saveSigned(tx, installed, now);
    return this.activated(tx, kind, installed);
  }

  private async activated(
    tx: Transaction,
    kind: DefinitionKind,
    definition: Definition,
  ): Promise<readonly Outgoing[]> {
    const { activeFrom, number } = definition.activation!;
    const event = outgoing(
      DefinitionActivated,
      {
        definitionId: definition.id,
        kind: kind.name,
        version: definition.version,
        activeFrom: activeFrom.toISOString(),
        document: definition.document as Record<string, unknown>,
      },
      number,
      { traceparent: activeTraceparent() },
    );
    const handler = this.handlerOf(kind);
    if (!handler) return [event];
    return [event, ...(await handler.activated(tx, activeDefinitionOf(kind, definition)))];
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

const mustBeValid = (kind: DefinitionKind, document: object): void => {
  const errors = kind.violationsOf(document);
  if (errors.length === 0) return;
  throw new DomainError('unprocessable', `The document is not a valid ${kind.name}; see errors.`, { errors });
};

/** `sla-policy-3` → `sla-policy`; text that is no id is returned unchanged. */
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
