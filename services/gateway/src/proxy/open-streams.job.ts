import { DomainError, Logger, repeat, Shutdown, userOf, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../caller/caller.http.js';
import { stalledSince, type Sending } from './stalled-since.js';
import { LedSellersCache } from './led-sellers.cache.js';
import { StreamCredentialsStore } from './stream-credentials.store.js';

/** Of one process. The tabs of a browser share one. */
const MAX_STREAMS_OF_USER = 10;
/** Of a process. */
export const MAX_STREAMS = 1_000;
/** A stream ends this long after its credential, ms, and the time of a query. */
const CHECK_EVERY_MS = 10_000;
/** A client that has taken nothing for this long while something waits for it is disconnected, ms. */
const MAX_STALLED_MS = 20_000;
const LOOK_EVERY_MS = 2_000;
/** Names the user whose events a stream has: a page of another user, left open in the same browser, must not show them. */
const USER_HEADER = 'baton-user';

const openStreams = metrics
  .getMeter('@baton/gateway')
  .createUpDownCounter('baton_gateway_live_streams', { description: 'Live streams that are open.' });

interface OpenStream {
  readonly userId: string;
  readonly credential: string;
  /** As it was when the stream began: the service sends what this user sees. */
  readonly user: User | undefined;
  readonly raw: FastifyReply['raw'];
  end: () => void;
  sending?: Sending & { readonly since: number | undefined };
}

/**
 * The live streams that this process forwards. A request is authenticated once and a stream has no end, so the credentials of all
 * open streams are checked again and again: a stream ends with its session or token, and when the role of its user
 * or, for a manager, the sellers they lead change.
 */
@Injectable()
export class OpenStreams {
  private readonly streams = new Map<FastifyRequest, OpenStream>();

  constructor(
    private readonly credentials: StreamCredentialsStore,
    private readonly ledSellers: LedSellersCache,
    private readonly shutdown: Shutdown,
    private readonly logger: Logger,
  ) {}

  /** Checks until the service stops, and ends all streams then. */
  start(): void {
    repeat(this.shutdown.signal, {
      everyMs: CHECK_EVERY_MS,
      work: () => this.check(),
      onFault: (err) =>
        this.logger.warn({ err }, 'the credentials of live streams could not be checked; retrying'),
    });
    const look = setInterval(() => this.dropStalled(performance.now()), LOOK_EVERY_MS);
    this.shutdown.signal.addEventListener('abort', () => clearInterval(look));
    this.shutdown.signal.addEventListener('abort', () => this.streams.forEach(({ end }) => end()));
  }

  get size(): number {
    return this.streams.size;
  }

  /**
   * Takes a place for the stream until its connection closes.
   * @throws DomainError `too-many` when the user has none left, `unavailable` when the process has none
   */
  open(request: FastifyRequest, reply: FastifyReply): void {
    const { raw } = reply;
    const { id = '', credential } = callerOf(request) ?? {};
    if (this.streams.size >= MAX_STREAMS)
      throw new DomainError('unavailable', 'Too many live streams are open here.', { retryAfter: 5 });
    const own = [...this.streams.values()].filter(({ userId }) => userId === id);
    if (own.length >= MAX_STREAMS_OF_USER)
      throw new DomainError('too-many', `You have ${own.length} live streams open; close one first.`, {
        retryAfter: 15,
      });
    const end = (): void => void raw.destroy();
    this.streams.set(request, {
      userId: id,
      user: userOf(request),
      credential: credential?.toString('hex') ?? '',
      raw,
      end,
    });
    openStreams.add(1);
    raw.once('close', () => {
      this.streams.delete(request);
      openStreams.add(-1);
    });
    reply.header(USER_HEADER, id);
  }

  /** How to end the stream of a request from now on, with its last byte sent. */
  endWith(request: FastifyRequest, end: () => void): void {
    const stream = this.streams.get(request);
    if (stream) stream.end = end;
  }

  /** The buffers of a client that does not read are bounded; its place and its connection to the service are not free. */
  private dropStalled(now: number): void {
    for (const stream of this.streams.values()) {
      const { raw } = stream;
      const waiting = raw.writableLength;
      const sent = (raw.socket?.bytesWritten ?? 0) - waiting;
      const since = stalledSince(stream.sending, { sent, waiting }, now);
      stream.sending = { sent, waiting, since };
      if (since === undefined || now - since < MAX_STALLED_MS) continue;
      this.logger.info('a client of the live stream does not read and is disconnected');
      raw.destroy();
    }
  }

  private async check(): Promise<void> {
    if (this.streams.size === 0) return;
    const checked = [...this.streams.values()];
    const credentials = new Set(checked.map(({ credential }) => credential));
    const roles = await this.credentials.rolesOf(Array.from(credentials, (hex) => Buffer.from(hex, 'hex')));
    for (const { credential, user, end } of checked)
      if (roles.get(credential) !== user?.role || !(await this.stillLeads(user))) end();
  }

  private async stillLeads(user: User | undefined): Promise<boolean> {
    if (user?.role !== 'manager') return true;
    const leads = await this.ledSellers.of(user).catch(() => undefined);
    return String(leads) === String(user.leads);
  }
}
