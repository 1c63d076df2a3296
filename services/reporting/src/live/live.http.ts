import { Optional } from '@baton/contracts';
import { DomainError } from '@baton/platform';
import { Controller, Get, Injectable, Query, Req, Res } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OutgoingHttpHeaders } from 'node:http';
import { LiveEventStore } from './live-event.store.js';
import { LiveFeed } from './live-feed.job.js';
import { Subscriber } from './sse-connection.client.js';

const MOST_READERS = 1_000;
const RECONNECT_MS = 1_000;
const EVENT_ID = /^\d{1,18}$/;

export class LiveQuery {
  /** As the header `Last-Event-ID`, for a reader that cannot set one: events after this id come first. */
  @Optional() @Matches(EVENT_ID, { message: 'must be the id of an event' }) readonly lastEventId?: string;
  /** So many of the newest events come first, at most 200, unless an id is given. */
  @Optional() @Matches(/^\d{1,3}$/, { message: 'must be a number up to 200' }) readonly recent?: string;
}

/** What happens, as it happens: server-sent events `lead`, `handoff` and, about once a second, `funnel`. */
@Injectable()
@Controller('live')
export class LiveHttp {
  constructor(
    private readonly feed: LiveFeed,
    private readonly events: LiveEventStore,
  ) {}

  @Get()
  @ApiProduces('text/event-stream')
  async live(
    @Query() query: LiveQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (this.feed.readers >= MOST_READERS)
      throw new DomainError('unavailable', 'Too many read the live stream here.', { retryAfter: 5 });
    const seen = await this.startOf(query, request.headers['last-event-id']);
    reply.hijack();
    const response = reply.raw;
    const subscriber = new Subscriber(response, seen, this.feed.wake);
    response.on('close', () => this.feed.remove(subscriber));
    response.writeHead(200, {
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      // Tells nginx not to collect the stream before passing it on.
      'x-accel-buffering': 'no',
    });
    subscriber.send(`retry: ${RECONNECT_MS}\n\n`);
    if (response.destroyed) return;
    await this.feed.add(subscriber);
  }

  /** Who names no event sees what comes from now on; who names one that never was (the stream began anew) likewise. */
  private async startOf(
    { lastEventId, recent = '0' }: LiveQuery,
    header: string | readonly string[] | undefined,
  ): Promise<bigint> {
    const newest = await this.events.last();
    const named = typeof header === 'string' && EVENT_ID.test(header) ? header : lastEventId;
    const seen = named === undefined ? newest - BigInt(Math.min(200, Number(recent))) : BigInt(named);
    if (seen < 0n) return 0n;
    return seen > newest ? newest : seen;
  }
}
