/** Process of run.int.spec.ts: `GET /hold` answers when the process receives SIGUSR2. */
import { Controller, Get, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt } from 'class-validator';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Database } from '@baton/bus';
import { Logger, Public, run, service, ServiceConfig } from '../src/index.js';

class HoldConfig extends ServiceConfig {
  /** 1: closing the store never resolves. */
  @Type(() => Number) @IsInt() neverCloses = 0;
}

class HoldTables1767225600900 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table held (id int)');
  }
  async down(): Promise<void> {}
}

@Injectable()
class StubbornStore implements OnModuleDestroy {
  constructor(private readonly config: HoldConfig) {}

  async onModuleDestroy(): Promise<void> {
    if (this.config.neverCloses) await new Promise(() => undefined);
  }
}

@Public()
@Controller()
class HoldHttp {
  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  @Get('hold')
  async hold(): Promise<object> {
    this.logger.info('held');
    await new Promise((resolve) => process.once('SIGUSR2', resolve));
    return { released: true };
  }

  @Get('held/:id')
  async held(): Promise<object[]> {
    this.logger.info('asked');
    return this.database.rows('select id from held');
  }

  @Get('die')
  die(): void {
    setImmediate(() => {
      throw new Error('not caught');
    });
  }
}

await run(
  service({
    name: 'hold',
    config: HoldConfig,
    migrations: [HoldTables1767225600900],
    http: [HoldHttp],
    stores: [StubbornStore],
  }),
);
