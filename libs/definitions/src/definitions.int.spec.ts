import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BusClient, busMigrations, Outbox, outgoing, type Transaction } from '@baton/bus';
import { DefinitionActivated, LeadScored } from '@baton/contracts';
import { eventOf, testDatabase, type TestDatabase } from '@baton/testing';
import { pino } from 'pino';
import { definitionMigrations, Definitions, defineKind, type ActivationHandler } from './index.js';

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
  ...{ name: 'scoring-model', schema, default: { points: 1 } },
  compile: ({ points }) => ({ double: points * 2 }),
});
const funnel = defineKind<Model>({ name: 'funnel', schema, default: { points: 0 } });
const kinds = [model, funnel];

const mona = { id: 'u1', name: 'Mona', role: 'marketing' };
const max = { id: 'u2', name: 'Max', role: 'manager' };
const at = (second: number): Date => new Date(Date.UTC(2026, 0, 5, 9, 0, second));

let db: TestDatabase;
let outboxes: Outbox[];

beforeAll(async () => {
  db = await testDatabase({ name: 'scoring', migrations: [...busMigrations, ...definitionMigrations] });
});
beforeEach(() => {
  outboxes = [];
});
afterEach(async () => {
  await Promise.all(outboxes.map((outbox) => outbox.stop()));
  await db.database.rows('truncate definitions, definition_kinds, outbox, positions');
});
afterAll(() => db.drop());

/** The definitions of one process, whose broker is away: what it decided to say stays in the outbox. */
const process = (handler?: ActivationHandler): Definitions => {
  const log = pino({ level: 'silent' });
  const outbox = new Outbox(new BusClient({ name: 'scoring', brokers: ['127.0.0.1:9'], log }), db.database);
  outboxes.push(outbox);
  return new Definitions(kinds, outbox, () => handler);
};

interface Said {
  readonly type: string;
  readonly sequence: number;
  readonly data: Record<string, unknown>;
}

const said = async (): Promise<Said[]> => {
  const rows = await db.database.rows<{ messages: WireLike[] }>('select messages from outbox order by id');
  return rows.flatMap(({ messages }) => messages.map(fromWire));
};

interface WireLike {
  readonly headers: Record<string, string>;
  readonly value: string;
}
const fromWire = ({ headers, value }: WireLike): Said => ({
  type: headers['ce_type']!,
  sequence: Number(headers['ce_sequence']),
  data: JSON.parse(value) as Record<string, unknown>,
});
const activations = async (): Promise<[unknown, number][]> =>
  (await said())
    .filter(({ type }) => type === DefinitionActivated.type)
    .map(({ data, sequence }) => [data['definitionId'], sequence]);

const points = async (definitions: Definitions, now: Date): Promise<number> =>
  (await definitions.inForce(db.database, model, now)).document.points;
const draft = (definitions: Definitions, document: object, now = at(1)) =>
  definitions.draft('scoring-model', { document, note: '', by: mona }, now);
const installed = async (handler?: ActivationHandler): Promise<Definitions> => {
  await process().installDefaults(at(0));
  await db.database.rows('truncate outbox');
  return process(handler);
};

describe('the defaults', () => {
  it('are installed once, in force and announced, by however many processes start together', async () => {
    const processes = [process(), process(), process(), process()];
    await Promise.all([...processes, ...processes].map((each) => each.installDefaults(at(0))));
    expect((await activations()).sort()).toEqual([
      ['funnel-1', 1],
      ['scoring-model-1', 1],
    ]);
    expect(await points(processes[0]!, at(0))).toBe(1);
    await process().installDefaults(at(5));
    expect(await activations()).toHaveLength(2);
  });

  it('are not installed over what both teams signed', async () => {
    const definitions = await installed();
    const { id } = await draft(definitions, { points: 7 });
    for (const by of [mona, max]) await definitions.sign(id, { by, now: at(2) });
    await process().installDefaults(at(9));
    expect(await points(definitions, at(9))).toBe(7);
  });

  it('must be there before anything else', async () => {
    await expect(process().inForce(db.database, model, at(0))).rejects.toThrow('not installed');
  });
});

describe('a new version', () => {
  it('changes nothing when one team signed, and counts from the instant both have', async () => {
    const definitions = await installed();
    const { id } = await draft(definitions, { points: 7 });
    expect(await points(definitions, at(9))).toBe(1);
    await definitions.sign(id, { by: mona, now: at(2) });
    expect(await points(definitions, at(9))).toBe(1);
    expect(await activations()).toEqual([]);
    await definitions.sign(id, { by: max, now: at(3) });
    expect(await points(definitions, at(2))).toBe(1);
    expect(await definitions.inForce(db.database, model, at(3))).toMatchObject({
      ...{ id: 'scoring-model-2', kind: 'scoring-model', version: 2, activeFrom: at(3) },
      ...{ document: { points: 7 }, compiled: { double: 14 } },
    });
    expect(await said()).toMatchObject([
      {
        ...{ type: 'definition.activated.v1', sequence: 2 },
        data: {
          ...{ definitionId: 'scoring-model-2', kind: 'scoring-model', version: 2 },
          ...{ activeFrom: at(3).toISOString(), document: { points: 7 } },
        },
      },
    ]);
  });

  it('counts at once in every process', async () => {
    const [one, other] = [await installed(), process()];
    expect(await points(other, at(9))).toBe(1);
    const { id } = await draft(one, { points: 7 });
    for (const by of [mona, max]) await one.sign(id, { by, now: at(2) });
    expect(await points(other, at(9))).toBe(7);
  });

  it('counts from a later instant when the teams said so', async () => {
    const definitions = await installed();
    const { id } = await draft(definitions, { points: 7 });
    await definitions.sign(id, { by: mona, now: at(2), activeFrom: at(30) });
    await definitions.sign(id, { by: max, now: at(3) });
    expect(await points(definitions, at(29))).toBe(1);
    expect(await points(definitions, at(30))).toBe(7);
  });

  it('stays known to the decisions it made when another one follows', async () => {
    const definitions = await installed();
    const { id } = await draft(definitions, { points: 7 });
    for (const by of [mona, max]) await definitions.sign(id, { by, now: at(2) });
    const old = await definitions.version(db.database, model, 'scoring-model-1');
    expect(old.compiled).toEqual({ double: 2 });
    await expect(definitions.version(db.database, funnel, id)).rejects.toThrow('no activated funnel');
  });

  it('is in force though its draft is older, if it was signed last; even by a clock that lags', async () => {
    const definitions = await installed();
    const older = await draft(definitions, { points: 2 });
    const newer = await draft(definitions, { points: 3 });
    for (const by of [mona, max]) await definitions.sign(newer.id, { by, now: at(20) });
    for (const by of [mona, max]) await definitions.sign(older.id, { by, now: at(19) });
    expect(await points(definitions, at(20))).toBe(2);
  });

  it('is compiled once, and nobody can change it', async () => {
    const definitions = await installed();
    const one = await definitions.inForce(db.database, model, at(1));
    const other = await definitions.inForce(db.database, model, at(2));
    expect(other.compiled).toBe(one.compiled);
    expect(() => Object.assign(one.document, { points: 5 })).toThrow(TypeError);
  });

  it('is kept as it was written', async () => {
    const definitions = await installed();
    const { id } = await draft(definitions, { points: 7, label: 'b' });
    const kept = await process().find(db.database, id);
    expect(JSON.stringify(kept?.document)).toBe('{"points":7,"label":"b"}');
    expect(kept).toMatchObject({ basedOn: 'scoring-model-1', createdAt: at(1), createdBy: { name: 'Mona' } });
  });

  it('is refused with the path of each fault, and not kept', async () => {
    const definitions = await installed();
    await expect(draft(definitions, { points: 'many', labl: '' })).rejects.toMatchObject({
      code: 'unprocessable',
      extra: { errors: [{ pointer: '/labl' }, { pointer: '/points' }] },
    });
    expect(await db.database.rows('select from definitions')).toHaveLength(2);
  });
});

describe('at the same time', () => {
  it('signatures of both teams, given again and again, activate once', async () => {
    const definitions = await installed();
    const { id } = await draft(definitions, { points: 7 });
    const signers = Array.from({ length: 6 }, (_, n) => [
      { ...mona, id: `m${n}` },
      { ...max, id: `s${n}` },
    ]).flat();
    await Promise.all(signers.map((by) => process().sign(id, { by, now: at(2) })));
    expect(await activations()).toEqual([[id, 2]]);
  });

  it('activations of several versions are told apart, and one is in force', async () => {
    const definitions = await installed();
    const drafts = await Promise.all([2, 3, 4, 5].map((n) => draft(process(), { points: n })));
    await Promise.all(
      drafts.flatMap(({ id }) => [mona, max].map((by) => process().sign(id, { by, now: at(2) }))),
    );
    const all = await activations();
    expect(all.map(([, sequence]) => sequence).sort()).toEqual([2, 3, 4, 5]);
    const [last] = all.find(([, sequence]) => sequence === 5)!;
    expect((await definitions.inForce(db.database, model, at(2))).id).toBe(last);
  });

  it('drafts get versions of their own, without gaps', async () => {
    await installed();
    const drafts = await Promise.all(Array.from({ length: 12 }, (_, n) => draft(process(), { points: n })));
    const versions = drafts.map(({ version }) => version).sort((one, other) => one - other);
    expect(versions).toEqual(Array.from({ length: 12 }, (_, n) => n + 2));
  });
});

describe('the owner of the kind', () => {
  /** Writes and says something in the transaction of the activation. */
  class Rescore implements ActivationHandler<Model> {
    constructor(private readonly fails = false) {}

    async activated(tx: Transaction, { id, document }: { id: string; document: Model }) {
      await tx.rows('insert into positions values ($1, $2)', [id, document.points]);
      if (this.fails) throw new Error('cannot re-score');
      return [outgoing(LeadScored, eventOf(LeadScored), 1)];
    }
  }
  const effects = () => db.database.rows('select topic, partition from positions');

  it('reacts in the transaction that activates it', async () => {
    const definitions = await installed(new Rescore());
    const { id } = await draft(definitions, { points: 7 });
    await definitions.sign(id, { by: mona, now: at(2) });
    expect(await effects()).toEqual([]);
    await definitions.sign(id, { by: max, now: at(2) });
    expect(await effects()).toEqual([{ topic: id, partition: 7 }]);
    expect((await said()).map(({ type }) => type)).toEqual(['definition.activated.v1', 'lead.scored.v1']);
  });

  it('can fail, and then nothing was signed or said', async () => {
    const definitions = await installed(new Rescore(true));
    const { id } = await draft(definitions, { points: 7 });
    await definitions.sign(id, { by: mona, now: at(2) });
    await expect(definitions.sign(id, { by: max, now: at(3) })).rejects.toThrow('cannot re-score');
    expect([await effects(), await said()]).toEqual([[], []]);
    expect(await points(definitions, at(9))).toBe(1);
    expect((await process().find(db.database, id))?.signatures).not.toHaveProperty('sales');
  });
});
