import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  BusClient,
  busMigrations,
  Outbox,
  outgoing,
  type Outgoing,
  type Queryable,
  type Transaction,
} from '@baton/bus';
import { DefinitionActivated, LeadScored } from '@baton/contracts';
import { eventOf, testDatabase, type TestDatabase } from '@baton/testing';
import { pino } from 'pino';
import {
  definitionMigrations,
  Definitions,
  defineKind,
  type ActivationHandler,
  type DefinitionKind,
} from './index.js';

interface Model {
  readonly points: number;
  readonly label?: string;
}

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['points'],
  properties: { points: { type: 'integer' }, label: { type: 'string' } },
};
const model = defineKind<Model, { double: number }>({
  name: 'scoring-model',
  schema,
  default: { points: 1 },
  compile: ({ points }) => ({ double: points * 2 }),
});
const funnel = defineKind<Model>({ name: 'funnel', schema, default: { points: 0 } });
const kinds = [model, funnel];

const mona = { id: 'u1', name: 'Mona', role: 'marketing', kind: 'person' } as const;
const max = { id: 'u2', name: 'Max', role: 'manager', kind: 'person' } as const;
const at = (second: number): Date => new Date(Date.UTC(2026, 0, 5, 9, 0, second));

let db: TestDatabase;
let outboxes: Outbox[];

beforeAll(async () => {
  db = await testDatabase({ name: 'scoring', migrations: [...busMigrations, ...definitionMigrations] });
  await db.database.rows('create table effects (id text, points integer)');
});
beforeEach(() => {
  outboxes = [];
});
afterEach(async () => {
  await Promise.all(outboxes.map((outbox) => outbox.stop()));
  await db.database.rows('truncate definitions, definition_kinds, outbox, effects');
  published.length = 0;
});
afterAll(() => db.drop());

interface Published {
  readonly type: string;
  readonly sequence: number;
  readonly data: Record<string, unknown>;
}
/** Events of committed transactions of all processes. */
const published: Published[] = [];

/** Its broker is not reachable; keeps the events of each committed transaction. */
class RecordingOutbox extends Outbox {
  override async transact<Result>(
    work: (tx: Transaction) => Promise<{ events: readonly Outgoing[]; result: Result }>,
  ): Promise<Result> {
    let events: readonly Outgoing[] = [];
    const result = await super.transact(async (tx) => {
      const done = await work(tx);
      events = done.events;
      return done;
    });
    published.push(
      ...events.map(({ contract, sequence, data }) => ({
        type: contract.type,
        sequence: sequence!,
        data: data as Published['data'],
      })),
    );
    return result;
  }
}

const newOutbox = (): Outbox => {
  const log = pino({ level: 'silent' });
  const client = new BusClient({ name: 'scoring', brokers: ['127.0.0.1:9'], log });
  const outbox = new RecordingOutbox(client, db.database);
  outboxes.push(outbox);
  return outbox;
};

/** The definitions of another process. */
const newProcess = (handler?: ActivationHandler): Definitions =>
  new Definitions(kinds, newOutbox(), () => handler);

const activations = (): [unknown, number][] =>
  published
    .filter(({ type }) => type === DefinitionActivated.type)
    .map(({ data, sequence }) => [data['definitionId'], sequence]);

const points = async (definitions: Definitions, now: Date): Promise<number> =>
  (await definitions.inForce(db.database, model, now)).document.points;
const draft = (definitions: Definitions, document: object, now = at(1)) =>
  definitions.draft('scoring-model', { document, note: '', by: mona }, now);
const installed = async (handler?: ActivationHandler): Promise<Definitions> => {
  await newProcess().installDefaults(at(0));
  published.length = 0;
  return newProcess(handler);
};

describe('the defaults', () => {
  it('are installed, activated and published once by processes that start together', async () => {
    const processes = [newProcess(), newProcess(), newProcess(), newProcess()];
    await Promise.all([...processes, ...processes].map((each) => each.installDefaults(at(0))));
    expect(activations().sort()).toEqual([
      ['funnel-1', 1],
      ['scoring-model-1', 1],
    ]);
    expect(await points(processes[0]!, at(0))).toBe(1);
    await newProcess().installDefaults(at(5));
    expect(activations()).toHaveLength(2);
  });

  it('do not replace a signed version', async () => {
    const definitions = await installed();
    const { id } = await draft(definitions, { points: 7 });
    for (const by of [mona, max]) await definitions.sign(id, { by, now: at(2) });
    await newProcess().installDefaults(at(9));
    expect(await points(definitions, at(9))).toBe(7);
  });

  it('are required', async () => {
    await expect(newProcess().inForce(db.database, model, at(0))).rejects.toThrow('not installed');
  });
});

describe('a new version', () => {
  it('has no effect with one signature and is in force from the second', async () => {
    const definitions = await installed();
    const { id } = await draft(definitions, { points: 7 });
    expect(await points(definitions, at(9))).toBe(1);
    await definitions.sign(id, { by: mona, now: at(2) });
    expect(await points(definitions, at(9))).toBe(1);
    expect(activations()).toEqual([]);
    await definitions.sign(id, { by: max, now: at(3) });
    expect(await points(definitions, at(2))).toBe(1);
    expect(await definitions.inForce(db.database, model, at(3))).toMatchObject({
      id: 'scoring-model-2',
      kind: 'scoring-model',
      version: 2,
      activeFrom: at(3),
      document: { points: 7 },
      compiled: { double: 14 },
    });
    expect(published).toMatchObject([
      {
        type: 'definition.activated.v1',
        sequence: 2,
        data: {
          definitionId: 'scoring-model-2',
          kind: 'scoring-model',
          version: 2,
          activeFrom: at(3).toISOString(),
          document: { points: 7 },
        },
      },
    ]);
  });

  it('is in force at once in every process', async () => {
    const [one, other] = [await installed(), newProcess()];
    expect(await points(other, at(9))).toBe(1);
    const { id } = await draft(one, { points: 7 });
    for (const by of [mona, max]) await one.sign(id, { by, now: at(2) });
    expect(await points(other, at(9))).toBe(7);
  });

  it('is in force from a later instant when a team requested it', async () => {
    const definitions = await installed();
    const { id } = await draft(definitions, { points: 7 });
    await definitions.sign(id, { by: mona, now: at(2), activeFrom: at(30) });
    await definitions.sign(id, { by: max, now: at(3) });
    expect(await points(definitions, at(29))).toBe(1);
    expect(await points(definitions, at(30))).toBe(7);
  });

  it('can be read after another version superseded it', async () => {
    const definitions = await installed();
    const { id } = await draft(definitions, { points: 7 });
    for (const by of [mona, max]) await definitions.sign(id, { by, now: at(2) });
    const old = await definitions.version(db.database, model, 'scoring-model-1');
    expect(old.compiled).toEqual({ double: 2 });
    await expect(definitions.version(db.database, funnel, id)).rejects.toThrow('no activated funnel');
  });

  it('that a decision recorded is read from the database once per process', async () => {
    const definitions = await installed();
    let queries = 0;
    const reader: Queryable = {
      rows: (sql, values) => {
        queries += 1;
        return db.database.rows(sql, values);
      },
    };
    const first = await definitions.version(reader, model, 'scoring-model-1');
    expect(await definitions.version(reader, model, 'scoring-model-1')).toBe(first);
    expect(queries).toBe(1);
    const { id } = await draft(definitions, { points: 7 });
    await expect(definitions.version(reader, model, id)).rejects.toThrow('no activated scoring-model');
  });

  it('is in force when it was signed last, although its draft is older and the clock of its signer lags', async () => {
    const definitions = await installed();
    const older = await draft(definitions, { points: 2 });
    const newer = await draft(definitions, { points: 3 });
    for (const by of [mona, max]) await definitions.sign(newer.id, { by, now: at(20) });
    for (const by of [mona, max]) await definitions.sign(older.id, { by, now: at(19) });
    expect(await points(definitions, at(20))).toBe(2);
  });

  it('is compiled once and frozen', async () => {
    const definitions = await installed();
    const one = await definitions.inForce(db.database, model, at(1));
    const other = await definitions.inForce(db.database, model, at(2));
    expect(other.compiled).toBe(one.compiled);
    expect(() => Object.assign(one.document, { points: 5 })).toThrow(TypeError);
  });

  it('is stored as it was written', async () => {
    const definitions = await installed();
    const { id } = await draft(definitions, { points: 7, label: 'b' });
    const kept = await newProcess().find(db.database, id);
    expect(JSON.stringify(kept?.document)).toBe('{"points":7,"label":"b"}');
    expect(kept).toMatchObject({ basedOn: 'scoring-model-1', createdAt: at(1), createdBy: { name: 'Mona' } });
  });

  it('is refused with the pointer of each violation and not stored', async () => {
    const definitions = await installed();
    await expect(draft(definitions, { points: 'many', labl: '' })).rejects.toMatchObject({
      code: 'unprocessable',
      extra: { errors: [{ pointer: '/labl' }, { pointer: '/points' }] },
    });
    expect(await db.database.rows('select from definitions')).toHaveLength(2);
  });
});

describe('a document that was signed under an earlier schema', () => {
  interface WeightedModel extends Model {
    readonly weight: number;
  }
  const spec = {
    name: 'scoring-model',
    schema: {
      ...schema,
      required: ['points', 'weight'],
      properties: { ...schema.properties, weight: { type: 'integer' } },
    },
    default: { points: 1, weight: 1 },
    schemaVersion: 2,
  };
  const newerProcess = (kinds: readonly DefinitionKind[]): Definitions => new Definitions(kinds, newOutbox());

  it('is brought to the current schema for rules and stays as signed for readers', async () => {
    await installed();
    const weighted = defineKind<WeightedModel>({
      ...spec,
      upcast: (document, from) => (from < 2 ? { ...document, weight: 3 } : document),
    });
    const definitions = newerProcess([weighted]);
    expect(await definitions.inForce(db.database, weighted, at(1))).toMatchObject({
      id: 'scoring-model-1',
      document: { points: 1, weight: 3 },
    });
    expect((await definitions.find(db.database, 'scoring-model-1'))?.document).toEqual({ points: 1 });
    const { id } = await draft(definitions, { points: 2, weight: 5 });
    expect(await definitions.find(db.database, id)).toMatchObject({ schemaVersion: 2 });
  });

  it('is an error when a required field has no value, instead of undefined', async () => {
    await installed();
    const weighted = defineKind<WeightedModel>(spec);
    await expect(newerProcess([weighted]).inForce(db.database, weighted, at(1))).rejects.toThrow(
      "definition 'scoring-model-1' of schema version 1 does not match version 2 (/weight is missing)",
    );
  });
});

describe('concurrently', () => {
  it('repeated signatures of both teams activate once', async () => {
    const definitions = await installed();
    const { id } = await draft(definitions, { points: 7 });
    const signers = Array.from({ length: 6 }, (_, n) => [
      { ...mona, id: `m${n}` },
      { ...max, id: `s${n}` },
    ]).flat();
    await Promise.all(signers.map((by) => newProcess().sign(id, { by, now: at(2) })));
    expect(activations()).toEqual([[id, 2]]);
  });

  it('activations of several versions are numbered and one is in force', async () => {
    const definitions = await installed();
    const drafts = await Promise.all([2, 3, 4, 5].map((n) => draft(newProcess(), { points: n })));
    await Promise.all(
      drafts.flatMap(({ id }) => [mona, max].map((by) => newProcess().sign(id, { by, now: at(2) }))),
    );
    const all = activations();
    expect(all.map(([, sequence]) => sequence).sort()).toEqual([2, 3, 4, 5]);
    const [last] = all.find(([, sequence]) => sequence === 5)!;
    expect((await definitions.inForce(db.database, model, at(2))).id).toBe(last);
  });

  it('drafts get consecutive versions', async () => {
    await installed();
    const drafts = await Promise.all(
      Array.from({ length: 12 }, (_, n) => draft(newProcess(), { points: n })),
    );
    const versions = drafts.map(({ version }) => version).sort((one, other) => one - other);
    expect(versions).toEqual(Array.from({ length: 12 }, (_, n) => n + 2));
  });
});

describe('the activation handler', () => {
  /** Writes a row and returns an event in the transaction of the activation. */
  class Rescore implements ActivationHandler<Model> {
    constructor(private readonly fails = false) {}

    async activated(tx: Transaction, { id, document }: { id: string; document: Model }) {
      await tx.rows('insert into effects values ($1, $2)', [id, document.points]);
      if (this.fails) throw new Error('cannot re-score');
      return [outgoing(LeadScored, eventOf(LeadScored), 1)];
    }
  }
  const effects = () => db.database.rows('select id, points from effects');

  it('runs in the transaction of the activation', async () => {
    const definitions = await installed(new Rescore());
    const { id } = await draft(definitions, { points: 7 });
    await definitions.sign(id, { by: mona, now: at(2) });
    expect(await effects()).toEqual([]);
    await definitions.sign(id, { by: max, now: at(2) });
    expect(await effects()).toEqual([{ id, points: 7 }]);
    expect(published.map(({ type }) => type)).toEqual(['definition.activated.v1', 'lead.scored.v1']);
  });

  it('can fail, which rolls back the signature and its events', async () => {
    const definitions = await installed(new Rescore(true));
    const { id } = await draft(definitions, { points: 7 });
    await definitions.sign(id, { by: mona, now: at(2) });
    await expect(definitions.sign(id, { by: max, now: at(3) })).rejects.toThrow('cannot re-score');
    expect([await effects(), published]).toEqual([[], []]);
    expect(await points(definitions, at(9))).toBe(1);
    expect((await newProcess().find(db.database, id))?.signatures).not.toHaveProperty('sales');
  });
});
