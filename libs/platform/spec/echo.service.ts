import {
  outgoing,
  Publisher,
  type Database,
  type Handler,
  type Outgoing,
  type Received,
  type Transaction,
} from '@baton/bus';
import {
  ActivityRecorded,
  HandoffWarned,
  type ActivityRecordedV1,
  type HandoffWarnedV1,
} from '@baton/contracts';
import { Timers, type DueTimer, type FireResult, type TimerHandler } from '@baton/timers';
import { Body, Controller, HttpCode, Injectable, Post } from '@nestjs/common';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Clock, Public, service, ServiceConfig } from '../src/index.js';

class EchoTables1767225600900 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table received (id text not null)');
  }
  async down(): Promise<void> {}
}

/** Once round everything that the platform wires: request, publisher, consumer, timer, outbox, consumer again. */
@Public()
@Controller('activities')
class ActivitiesHttp {
  constructor(private readonly publisher: Publisher) {}

  @Post()
  @HttpCode(202)
  async record(@Body() data: Record<string, unknown>): Promise<void> {
    await this.publisher.publish([{ contract: ActivityRecorded, data: data }]);
  }
}

@Injectable()
class OnActivityRecorded implements Handler {
  readonly events = [ActivityRecorded];
  constructor(
    private readonly timers: Timers,
    private readonly clock: Clock,
  ) {}

  async handle(batch: readonly Received<ActivityRecordedV1>[], tx: Transaction): Promise<Outgoing[]> {
    const dueAt = this.clock.now();
    await this.timers.schedule(
      tx,
      batch.map(({ data }) => ({ kind: 'echo', key: data.activityId, dueAt })),
    );
    return [];
  }
}

@Injectable()
class OnEchoDue implements TimerHandler {
  readonly kind = 'echo';

  fire(due: readonly DueTimer[]): Promise<FireResult> {
    const events = due.flatMap(({ key }) =>
      [1, 2].map((version) => outgoing(HandoffWarned, { ...HandoffWarned.example, handoffId: key }, version)),
    );
    return Promise.resolve({ events });
  }
}

@Injectable()
class OnHandoffWarned implements Handler {
  readonly events = [HandoffWarned];

  async handle(batch: readonly Received<HandoffWarnedV1>[], tx: Transaction): Promise<Outgoing[]> {
    const ids = batch.map(({ data }) => data.handoffId);
    await tx.rows('insert into received select * from unnest($1::text[])', [ids]);
    return [];
  }
}

/** Named as a service of the catalogue: only those are declared to read its topics. */
export const echo = service({
  name: 'scoring',
  config: ServiceConfig,
  migrations: [EchoTables1767225600900],
  readers: [{ name: 'echo', handlers: [OnActivityRecorded, OnHandoffWarned] }],
  timers: [OnEchoDue],
  http: [ActivitiesHttp],
  publishes: true,
});

/** The ids that came all the way round, in order. */
export const receivedIds = async (database: Database): Promise<string[]> =>
  (await database.rows<{ id: string }>('select distinct id from received order by id')).map(({ id }) => id);
