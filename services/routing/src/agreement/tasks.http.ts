import {
  ApiResponseShape,
  Clock,
  CurrentUser,
  decodeCursor,
  DomainError,
  type Page,
  PageOf,
  pageOf,
  Roles,
  User,
  UuidPipe,
} from '@baton/platform';
import { Database } from '@baton/bus';
import { isInstant, isUuid } from '@baton/contracts';
import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { PutTaskRequest, TasksQuery } from './agreement.request.js';
import { TaskResponse, toTaskResponse } from './agreement.response.js';
import { TaskStore, type AfterTask } from './task.store.js';

const DEFAULT_LIMIT = 50;
const POSITION = { openedAt: isInstant, id: isUuid };

/** What is done about promises that were, or are about to be, missed. */
@Controller('agreement/tasks')
export class TasksHttp {
  constructor(
    private readonly tasks: TaskStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  @Get()
  @ApiResponseShape(PageOf(TaskResponse))
  async list(@Query() query: TasksQuery): Promise<Page<TaskResponse>> {
    const { cursor, limit = DEFAULT_LIMIT } = query;
    const after = cursor === undefined ? undefined : decodeCursor<AfterTask>(cursor, POSITION);
    const found = await this.tasks.list(query, { limit: limit + 1, after });
    const page = pageOf(found, limit, ({ openedAt, id }) => ({ openedAt: openedAt.toISOString(), id }));
    return { items: page.items.map(toTaskResponse), next: page.next };
  }

  /** For those who sign the agreement. */
  @Put(':id')
  @Roles('marketing', 'manager', 'admin')
  @ApiResponseShape(TaskResponse)
  async put(
    @Param('id', UuidPipe) id: string,
    @Body() { state, comment, dueAt, takeOver }: PutTaskRequest,
    @CurrentUser() user: User,
  ): Promise<TaskResponse> {
    const by = { id: user.id, name: user.name };
    const task = await this.database.transaction((tx) =>
      this.tasks.change(tx, id, {
        ...{ state, comment, dueAt, by, at: this.clock.now() },
        ...(takeOver && { owner: by }),
      }),
    );
    if (!task) throw new DomainError('not-found', `There is no task ${id}.`);
    return toTaskResponse(task);
  }
}
