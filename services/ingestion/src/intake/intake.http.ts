import { MessageTooLarge, Publisher } from '@baton/bus';
import { ActivityRecorded, type ActivityRecordedV1, type Violation } from '@baton/contracts';
import { DomainError, statusOf } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimits, rateLimitHeaders, type LimitState } from '../limit/rate-limits.cache.js';
import { HeldEvents } from '../quota/held-events.cache.js';
import { traceparentFrom } from '../request/ingest-scope.http.js';
import type { SourceSettings } from '../source/source.store.js';
import type { ReceivedEntry } from '../received/received-request.js';
import { sendingPageOf } from '../source/allowed-origin.js';
import { KeyUses } from '../source/key-uses.job.js';
import { keyOfForm, refusalOfKey, type KeyRules } from '../source/write-key-rules.js';
import { RefusedMessages } from '../received/refused-messages.cache.js';
import { RequestRecorder } from '../received/request-recorder.cache.js';

/** A message that is refused while others of its request are accepted. */
export interface Refusal extends Violation {
  /** Its JSON; of a long one size and hash. */
  readonly message: string;
}

/** What was understood of a request. */
export interface Understood {
  readonly activities: readonly ActivityRecordedV1[];
  readonly refused?: readonly Refusal[];
  /** Called only for requests that are kept, in the order of the request. */
  readonly entries: () => readonly ReceivedEntry[];
  /** Place of an activity in the request, for one that the broker refuses. */
  readonly pointerOf?: (index: number) => string;
}

export interface IntakeCall {
  readonly source: SourceSettings;
  readonly endpoint: string;
  readonly receivedAt: Date;
  /** The key that the request carries; a form carries none. */
  readonly key: KeyRules | undefined;
  /** Limits checked before, whose state the response shows. */
  readonly limits: readonly (LimitState | undefined)[];
}

interface Progress {
  accepted: number;
  held: number;
}

const MAX_USER_AGENT = 200;
const TAKEN = Symbol('the request was counted');
type CountedRequest = FastifyRequest & { [TAKEN]?: true };

/**
 * Takes the request of a known source from its limits to the acknowledgement of its events: counted when it begins, and with its
 * outcome when it ends, whatever happens between.
 */
@Injectable()
export class Intake {
  constructor(
    private readonly recorder: RequestRecorder,
    private readonly publisher: Publisher,
    private readonly held: HeldEvents,
    private readonly refusals: RefusedMessages,
    private readonly limits: RateLimits,
    private readonly uses: KeyUses,
  ) {}

  /** Resolves when everything of the request is durable. @throws what refuses the request as a whole */
  async take(
    call: IntakeCall,
    request: CountedRequest,
    reply: FastifyReply,
    understand: () => Understood,
  ): Promise<Understood> {
    const { source, receivedAt } = call;
    request[TAKEN] = true;
    this.recorder.begin(source.id, receivedAt);
    const progress: Progress = { accepted: 0, held: 0 };
    let understood: Understood | undefined;
    try {
      const key = this.admittedBy(call, request);
      const limit = await this.limits.consume('source', source.id);
      void reply.headers(rateLimitHeaders([...call.limits, limit]));
      understood = understand();
      await this.publish(understood, call, request, progress);
      await this.keepRefused(understood, call);
      this.uses.note(key.id, receivedAt);
      this.end(call, request, { status: 200, understood, progress });
      return understood;
    } catch (fault) {
      this.end(call, request, { status: statusOf(fault), understood, progress, fault });
      throw fault;
    }
  }

  /**
   * The key that lets the request in, of every route: the one that it carries, or one of its source for a form.
   *
   * @throws DomainError `unauthenticated` for a key that has ended, `forbidden` for a page or a form that no key allows
   */
  admittedBy({ source, key, receivedAt }: IntakeCall, { headers }: FastifyRequest): KeyRules {
    const sender = { sourceId: source.id, page: sendingPageOf(headers), at: receivedAt };
    const found = key ? { key, refusal: refusalOfKey(key, sender) } : keyOfForm(source.keys, sender);
    if (found.refusal) throw new DomainError(found.refusal.code, found.refusal.detail);
    return found.key;
  }

  /** Whether `take` has counted the request. */
  hasTaken(request: CountedRequest): boolean {
    return request[TAKEN] === true;
  }

  /** Counts a request that was refused before its content was read. */
  refuse(call: IntakeCall, request: FastifyRequest, fault: unknown): void {
    this.recorder.begin(call.source.id, call.receivedAt);
    this.end(call, request, { status: statusOf(fault), progress: { accepted: 0, held: 0 }, fault });
  }

  private async publish(
    { activities, pointerOf = () => '' }: Understood,
    { source, receivedAt }: IntakeCall,
    request: FastifyRequest,
    progress: Progress,
  ): Promise<void> {
    if (this.isOverQuota(source, activities.length, receivedAt)) {
      await this.held.hold(source.id, activities);
      progress.held = activities.length;
      return;
    }
    const trace = traceparentFrom(request);
    try {
      await this.publisher.publish(
        activities.map((data) => ({ contract: ActivityRecorded, data, ...trace })),
      );
      progress.accepted = activities.length;
    } catch (fault) {
      if (!(fault instanceof MessageTooLarge)) throw fault;
      progress.accepted = activities.length - 1;
      throw tooLarge(fault, pointerOf);
    }
  }

  private isOverQuota({ id, eventsPerDay }: SourceSettings, events: number, now: Date): boolean {
    return eventsPerDay !== null && this.recorder.acceptedOn(id, now) + events > eventsPerDay;
  }

  private async keepRefused(
    { refused = [] }: Understood,
    { source, endpoint, receivedAt }: IntakeCall,
  ): Promise<void> {
    if (refused.length === 0) return;
    await this.refusals.keep(
      refused.map((refusal) => ({ ...refusal, sourceId: source.id, endpoint, receivedAt })),
    );
  }

  private end(
    { source, endpoint, receivedAt }: IntakeCall,
    { headers }: FastifyRequest,
    { status, understood, progress, fault }: Ended,
  ): void {
    const taken = understood?.activities ?? [];
    const isAccepted = progress.accepted + progress.held > 0;
    this.recorder.end({
      sourceId: source.id,
      receivedAt,
      endpoint,
      userAgent: headers['user-agent']?.slice(0, MAX_USER_AGENT),
      status,
      acceptedEvents: progress.accepted,
      heldEvents: progress.held,
      refusedEvents:
        (understood?.refused?.length ?? 0) +
        (isAccepted ? taken.length - progress.accepted - progress.held : 0),
      flaggedEvents: isAccepted ? taken.filter(({ bot }) => bot).length : 0,
      detail: fault instanceof DomainError ? fault.detail : undefined,
      entries: () => understood?.entries() ?? entriesOf(fault),
    });
  }
}

interface Ended {
  readonly status: number;
  readonly understood?: Understood | undefined;
  readonly progress: Progress;
  readonly fault?: unknown;
}

const entriesOf = (fault: unknown): ReceivedEntry[] =>
  fault instanceof DomainError ? (fault.extra.errors ?? []).map((error) => ({ fault: error })) : [];

/** An event that the broker can never take is refused with its place, since it concerns its own request only (413, not 503). */
const tooLarge = ({ index, bytes }: MessageTooLarge, pointerOf: (index: number) => string): DomainError =>
  new DomainError(
    'too-large',
    'An event of this request is larger than the broker takes; its other events were published.',
    {
      errors: [
        {
          pointer: pointerOf(index),
          detail: `becomes an event of ${bytes} bytes, more than the broker takes`,
        },
      ],
    },
  );
