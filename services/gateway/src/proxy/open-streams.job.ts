import { DomainError, Logger, repeat, Shutdown, type Role } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../caller/caller.http.js';
import { StreamCredentialsStore } from './stream-credentials.store.js';

/** Of one process. Each tab of a browser has a stream of its own. */
const MAX_STREAMS_OF_USER = 10;
const MAX_STREAMS = 1_000;
/** A stream ends this long after its credential, ms, and the time of a query. */
const CHECK_EVERY_MS = 10_000;

interface OpenStream {
  readonly userId: string;
  readonly credential: string;
  /** As it was when the stream began: the service sends what this role sees. */
  readonly role: Role | undefined;
  end: () => void;
}

/**
 * The live streams that this process forwards. A request is authenticated once and a stream has no end, so the credentials of all
 * open streams are checked again and again: a stream ends with its session or token, and when the role of its user changes.
 */
@Injectable()
export class OpenStreams {
  private readonly streams = new Map<FastifyRequest, OpenStream>();

  constructor(
    private readonly credentials: StreamCredentialsStore,
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
    this.shutdown.signal.addEventListener('abort', () => this.streams.forEach(({ end }) => end()));
  }

  get size(): number {
    return this.streams.size;
  }

  /**
   * Takes a place for the stream until its connection closes.
   * @throws DomainError `too-many` when the user has none left, `unavailable` when the process has none
   */
  open(request: FastifyRequest, { raw }: FastifyReply): void {
    const { id = '', role, credential } = callerOf(request) ?? {};
    if (this.streams.size >= MAX_STREAMS)
      throw new DomainError('unavailable', 'Too many live streams are open here.', { retryAfter: 5 });
    const own = [...this.streams.values()].filter(({ userId }) => userId === id);
    if (own.length >= MAX_STREAMS_OF_USER)
      throw new DomainError('too-many', `You have ${own.length} live streams open; close one first.`, {
        retryAfter: 15,
      });
    const end = (): void => void raw.destroy();
    this.streams.set(request, { userId: id, role, credential: credential?.toString('hex') ?? '', end });
    raw.once('close', () => this.streams.delete(request));
  }

  /** How to end the stream of a request from now on, with its last byte sent. */
  endWith(request: FastifyRequest, end: () => void): void {
    const stream = this.streams.get(request);
    if (stream) stream.end = end;
  }

  private async check(): Promise<void> {
    if (this.streams.size === 0) return;
    const checked = [...this.streams.values()];
    const credentials = new Set(checked.map(({ credential }) => credential));
    const roles = await this.credentials.rolesOf(Array.from(credentials, (hex) => Buffer.from(hex, 'hex')));
    for (const { credential, role, end } of checked) if (roles.get(credential) !== role) end();
  }
}
