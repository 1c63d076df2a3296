import type { Transaction } from '@baton/bus';
import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { toIso, type Instant } from '../policy/duration.js';
import type { Person } from '../team/team.js';
import type { Side } from './clause.js';
import type { NewTask, TaskState } from './remediation.js';

export interface Task extends Omit<NewTask, 'dueAt'> {
  readonly id: string;
  readonly agreementId: string;
  readonly owner: Person | null;
  readonly dueAt: Date;
  readonly state: TaskState;
  readonly comment: string;
  readonly openedAt: Date;
  readonly changedAt: Date | null;
  readonly changedBy: string | null;
}

export interface TaskChange {
  readonly state: TaskState;
  readonly comment: string;
  readonly dueAt?: string | undefined;
  /** Absent: as it is. */
  readonly owner?: Person | undefined;
  readonly by: Person;
  readonly at: Date;
}

/** The last task of the page before. */
export interface AfterTask {
  readonly openedAt: string;
  readonly id: string;
}

const COLUMNS = `id, period, segment, segment_name as "segmentName", clause, team, agreement_id as "agreementId", cause,
  promised, delivered, forecast, due_at as "dueAt", state, comment, opened_at as "openedAt", changed_at as "changedAt",
  changed_by as "changedBy",
  case when owner_id is not null then json_build_object('id', owner_id, 'name', owner_name) end as owner`;

@Injectable()
export class TaskStore {
  constructor(private readonly database: ReadDatabase) {}

  /** Opens those that are missing; of a known one only what was foreseen and is missed now changes. */
  async open(
    tx: Transaction,
    tasks: readonly NewTask[],
    {
      agreementId,
      owners,
      now,
    }: { agreementId: string; owners: Readonly<Partial<Record<Side, Person>>>; now: Instant },
  ): Promise<void> {
    if (tasks.length === 0) return;
    await tx.rows(
      `insert into remediation_tasks (period, segment, segment_name, clause, team, agreement_id, cause, promised, delivered,
         forecast, owner_id, owner_name, due_at, opened_at)
       select period, segment, segment_name, clause, team, $2, cause, promised, delivered, forecast, owner_id, owner_name,
         due_at, $3
       from jsonb_to_recordset($1::jsonb) as task (period text, segment text, segment_name text, clause text, team text,
         cause text, promised double precision, delivered double precision, forecast double precision, owner_id text,
         owner_name text, due_at timestamptz)
       on conflict (period, segment, clause) do update set cause = excluded.cause, delivered = excluded.delivered
         where remediation_tasks.cause = 'foreseen' and excluded.cause = 'missed'`,
      [
        JSON.stringify(
          tasks.map(({ segmentName, dueAt, ...task }) => ({
            ...task,
            segment_name: segmentName,
            due_at: toIso(dueAt),
            owner_id: owners[task.team]?.id,
            owner_name: owners[task.team]?.name,
          })),
        ),
        agreementId,
        toIso(now),
      ],
    );
  }

  /** Undefined when there is no such task. */
  async change(
    tx: Transaction,
    id: string,
    { state, comment, dueAt, owner, by, at }: TaskChange,
  ): Promise<Task | undefined> {
    const [task] = await tx.rows<Task>(
      `update remediation_tasks set state = $2, comment = $3, due_at = coalesce($4, due_at),
         owner_id = coalesce($5, owner_id), owner_name = coalesce($6, owner_name), changed_at = $7, changed_by = $8
       where id = $1 returning ${COLUMNS}`,
      [id, state, comment, dueAt ?? null, owner?.id ?? null, owner?.name ?? null, at, by.name],
    );
    return task;
  }

  /** Newest first. */
  async list(
    { state, period }: { readonly state?: TaskState | undefined; readonly period?: string | undefined },
    { limit, after }: { readonly limit: number; readonly after?: AfterTask | undefined },
  ): Promise<Task[]> {
    return this.database.rows<Task>(
      `select ${COLUMNS} from remediation_tasks
       where ($1::text is null or state = $1) and ($2::text is null or period = $2)
         and ($3::timestamptz is null or (opened_at, id) < ($3::timestamptz, $4::uuid))
       order by opened_at desc, id desc limit $5`,
      [state ?? null, period ?? null, after?.openedAt ?? null, after?.id ?? null, limit],
    );
  }
}
