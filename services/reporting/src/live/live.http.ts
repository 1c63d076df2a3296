import { CurrentUser, DomainError, leadsSeenBy, User } from '@baton/platform';
import { Controller, Get, Injectable, Query, Req, Res } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OutgoingHttpHeaders } from 'node:http';
import { LiveCursor } from './live-cursor.js';
import { LiveFeed } from './live-feed.job.js';
import { LiveQueryStore } from './live-query.store.js';
import { shownBy } from './live-report.js';
import type { Viewer } from './live-visibility.js';
import { LiveRequest } from './live.request.js';
import { SseConnection } from './sse-connection.client.js';

const MAX_CONNECTIONS = 1_000;
const MAX_RECENT = 200;
const RECONNECT_MS = 1_000;

/** What happens, as it happens: server-sent events `lead`, `handoff`, `notice` (somebody has a new notice)
 * and, after changes but at most once a second, the reports that the client
 * shows (`funnel`, `sla`), each whole. A seller gets the events of leads they own or were offered, now or before, a manager those of the teams
 * they lead and of leads that nobody was offered; all get the same reports. */
@Injectable()
@Controller('live')
export class LiveHttp {
  constructor(
    private readonly feed: LiveFeed,
    private readonly events: LiveQueryStore,
  ) {}

  @Get()
  @ApiProduces('text/event-stream')
  async live(
    @Query() query: LiveRequest,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentUser() user: User,
  ): Promise<void> {
    if (this.feed.size >= MAX_CONNECTIONS)
      throw new DomainError('unavailable', 'Too many clients read the live stream here.', { retryAfter: 5 });
    const viewer = leadsSeenBy(user);
    const cursor = await this.startOf(query, request.headers['last-event-id'], viewer);
    reply.hijack();
    const response = reply.raw;
    const connection = new SseConnection(response, viewer, cursor, this.feed.sendSoon);
    response.on('close', () => this.feed.remove(connection));
    response.writeHead(200, {
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      // Tells nginx not to collect the stream before passing it on.
      'x-accel-buffering': 'no',
    });
    connection.send(`retry: ${RECONNECT_MS}\n\n`);
    if (response.destroyed) return;
    this.feed.add(connection, shownBy(query.show ?? 'funnel'));
  }

  /** After the named event; now for a client that names none, or one that is not an id of this stream. */
  private startOf(
    { lastEventId, recent = '0' }: LiveRequest,
    header: string | readonly string[] | undefined,
    viewer: Viewer,
  ): Promise<LiveCursor> {
    const id = typeof header === 'string' ? header : lastEventId;
    if (id === undefined) return this.events.beforeNewest(Math.min(MAX_RECENT, Number(recent)), viewer);
    const cursor = LiveCursor.parse(id);
    return cursor ? this.events.resuming(cursor) : this.events.beforeNewest(0, viewer);
  }
}
