import { testDatabase } from '@baton/testing';
import { Body, Controller, Post } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import fastify from 'fastify';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { EntitySchema } from 'typeorm';
import { PRIVATE_INTERIORS } from './private-interiors.js';

const ROOT = resolve(import.meta.dirname, '../../..');
const require = createRequire(import.meta.url);
/** Module paths that the documentation of their package names. */
const DOCUMENTED = new Set(['ajv/dist/2020.js']);
type Name = (typeof PRIVATE_INTERIORS)[number]['name'];

const thing = new EntitySchema<{ id: number }>({
  name: 'thing',
  columns: { id: { type: 'int', primary: true } },
});

class Inner {}
class Outer {
  @Type(() => Inner)
  inner!: Inner;
}

@Controller()
class Routes {
  @Post()
  add(@Body() body: Inner): Inner {
    return body;
  }
}

const prototypeOf = (path: string): Record<string, unknown> =>
  (require(path) as { prototype: Record<string, unknown> }).prototype;

const withDatabase = async <Result>(
  work: (source: Awaited<ReturnType<typeof testDatabase>>['source']) => Promise<Result>,
): Promise<Result> => {
  const database = await testDatabase({ name: 'routing', migrations: [], entities: [thing] });
  try {
    return await work(database.source);
  } finally {
    await database.drop();
  }
};

/** What the code relies on, tried on the installed packages. */
const CHECKS: Readonly<Record<Name, () => void | Promise<void>>> = {
  'RequestQueue.scheduleCheckPendingRequests is replaced': () => {
    const queue = prototypeOf('kafkajs/src/network/requestQueue/index.js');
    expect(queue['scheduleCheckPendingRequests']).toBeInstanceOf(Function);
    expect(String(queue['push'])).toContain('scheduleCheckPendingRequests');
  },
  'methods of Encoder are replaced': () => {
    const encoder = prototypeOf('kafkajs/src/protocol/encoder.js');
    for (const method of ['writeVarLong', 'writeUVarInt', 'writeEncoderArray', 'ensureAvailable'])
      expect(encoder[method]).toBeInstanceOf(Function);
    for (const method of ['nextPowerOfTwo', 'sizeOfVarLong'])
      expect(Object(require('kafkajs/src/protocol/encoder.js'))).toHaveProperty(method);
  },
  'Batch.fetchedOffset is the offset that was asked for': () => {
    const Batch = require('kafkajs/src/consumer/batch.js') as new (...args: unknown[]) => object;
    const data = { partition: 0, highWatermark: '9', abortedTransactions: [], messages: [] };
    expect(new Batch('leads', '5', data)).toMatchObject({ fetchedOffset: '5' });
  },
  'QueryRunner.isTransactionActive is set from outside': () =>
    withDatabase(async (source) => {
      await source.query('create table thing (id int primary key)');
      const runner = source.createQueryRunner();
      await runner.connect();
      await runner.query('begin');
      Object.assign(runner, { isTransactionActive: true });
      // A repository that began and committed a transaction of its own would leave nothing to roll back.
      await runner.manager.save(thing, { id: 1 });
      await runner.query('rollback');
      Object.assign(runner, { isTransactionActive: false });
      await runner.release();
      expect(await source.query('select * from thing')).toEqual([]);
    }),
  'driver.master is the pg pool, with the options of its clients': () =>
    withDatabase(async (source) => {
      const { options } = (source.driver as unknown as { master: pg.Pool }).master;
      const client = new pg.Client({ ...options, password: options.password });
      await client.connect();
      const { rows } = await client.query<{ one: number }>('select 1 as one');
      await client.end();
      expect(rows).toEqual([{ one: 1 }]);
    }),
  'a pooled client can be ended': () =>
    withDatabase(async (source) => {
      const { options } = (source.driver as unknown as { master: pg.Pool }).master;
      const pool = new pg.Pool({ ...options, password: options.password, max: 1 });
      const client = await pool.connect();
      await (client as unknown as pg.Client).end();
      client.release();
      expect((await pool.query('select 1')).rowCount).toBe(1);
      await pool.end();
    }),
  'defaultMetadataStorage knows the types of properties': () => {
    const type = defaultMetadataStorage.findTypeMetadata(Outer, 'inner')?.typeFunction?.();
    expect(type).toBe(Inner);
  },
  'its file has the functions, because its name alone is a deprecated module of Node': () => {
    const { toUnicode } = require('punycode/punycode.js') as { toUnicode: (domain: string) => string };
    expect(toUnicode('xn--mller-kva.example')).toBe('müller.example');
  },
  'ROUTE_ARGS_METADATA holds the parameters of a route': () => {
    const args = Reflect.getMetadata(ROUTE_ARGS_METADATA, Routes, 'add') as object;
    expect(Object.keys(args)).toEqual([`${RouteParamtypes.BODY}:0`]);
  },
  'errorHandler of an instance is the one in force': () => {
    const app = fastify();
    const handled: unknown[] = [];
    app.setErrorHandler((fault) => void handled.push(fault));
    const { errorHandler } = app as unknown as { errorHandler: (...args: unknown[]) => void };
    errorHandler('a fault', {}, {});
    expect(handled).toEqual(['a fault']);
  },
};

describe.each(PRIVATE_INTERIORS)('$package: $name', ({ name, usedIn, marker }) => {
  it('is as the code expects it', () => CHECKS[name]());

  it(`is used in ${usedIn}`, () => {
    expect(readFileSync(join(ROOT, usedIn), 'utf8')).toContain(marker);
  });
});

it('no other module inside a package is imported', () => {
  const files = execFileSync('git', ['ls-files', '*.ts', '*.tsx'], { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter(
      (file) =>
        file && existsSync(join(ROOT, file)) && !/\.spec\.tsx?$|\.d\.ts$|^tools\/boundaries\//.test(file),
    );
  const found = new Set<string>();
  for (const file of files)
    for (const [, specifier] of readFileSync(join(ROOT, file), 'utf8').matchAll(
      /from '((?:@[^/']+\/)?[^./'][^/']*\/[^']+)'/g,
    ))
      if (/\.c?js$/.test(specifier!) && !DOCUMENTED.has(specifier!)) found.add(specifier!);
  const listed = PRIVATE_INTERIORS.flatMap((interior) =>
    'imports' in interior ? [...interior.imports] : [],
  );
  expect([...found].sort()).toEqual(listed.sort());
});
