import { outgoing, type Outgoing, type Received, type Transaction } from '@baton/bus';
import { NoticeCreated, uuidOfHash } from '@baton/contracts';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { toIso, type Instant } from '../policy/duration.js';
import type { Channel, Delivery } from './delivery.js';
import { wants, type Endpoint } from './endpoint.js';
import { EndpointStore } from './endpoint.store.js';
import type { AddressedNotice } from './notice.js';
import { emailAt, type NoticeSettings } from './notice-settings.js';
import { NoticeSettingsStore } from './notice-settings.store.js';
import { NoticeStore } from './notice.store.js';

/** Older events are told to nobody: the reader was added later, or the log is read again. */
const MAX_AGE_MS = 24 * 3_600_000;

/** Events with the notices that follow from them, by people and endpoints. */
export interface EventToTell {
  readonly message: Received;
  readonly notices: readonly AddressedNotice[];
}

/** An event to tell and what identifies it. */
interface Told extends EventToTell {
  readonly cause: string;
}

/** Events become deliveries to people and endpoints, each once: a cause that is read again adds none. */
@Injectable()
export class TellEvents {
  constructor(
    private readonly notices: NoticeStore,
    private readonly settings: NoticeSettingsStore,
    private readonly endpoints: EndpointStore,
    private readonly clock: Clock,
  ) {}

  /** @returns what tells open pages of it */
  async run(tx: Transaction, events: readonly EventToTell[]): Promise<readonly Outgoing[]> {
    const now = this.clock.now().getTime();
    const told = events.filter(({ message }) => now - message.time.getTime() <= MAX_AGE_MS).map(withCause);
    if (told.length === 0) return [];
    const addressed = told.flatMap(({ notices }) => notices);
    const managers = await this.settings.managersOf(tx, [
      ...new Set(addressed.map(({ notice }) => notice.sellerId)),
    ]);
    const people = [...new Set(addressed.flatMap((each) => receiversOf(each, managers)))];
    const settings = await this.settings.ofAll(tx, people);
    const endpoints = await this.endpoints.all(tx);
    await this.notices.add(
      tx,
      told.flatMap((each) => [
        ...toPeople(each, managers, settings, now),
        ...toEndpoints(each, endpoints, now),
      ]),
    );
    return told.flatMap((each) => toAnnounce(each, managers, now));
  }
}

const withCause = (event: EventToTell): Told => {
  const { contract, subject, sequence, id } = event.message;
  return { ...event, cause: `${contract.type} ${subject} ${sequence ?? id}` };
};

/** By the id of a seller. */
type Managers = ReadonlyMap<string, readonly string[]>;

const receiversOf = ({ to, notice }: AddressedNotice, managers: Managers): readonly string[] =>
  to === null ? (managers.get(notice.sellerId) ?? []) : [to];

const toPeople = (
  { cause, notices }: Told,
  managers: Managers,
  settings: ReadonlyMap<string, NoticeSettings>,
  now: Instant,
): Delivery[] =>
  notices.flatMap((addressed) =>
    receiversOf(addressed, managers).flatMap((receiver) => {
      const { notice } = addressed;
      const wanted = settings.get(receiver)!;
      const delivery = (channel: Channel, nextAt: Instant): Delivery => ({
        id: deliveryIdOf(cause, channel, receiver),
        channel,
        receiver,
        kind: notice.kind,
        body: notice,
        createdAt: now,
        nextAt,
        attempts: 0,
      });
      const at = emailAt(notice, wanted, now);
      return [delivery('in-app', now), ...(at === undefined ? [] : [delivery('email', at)])];
    }),
  );

/** Tells open pages that the lists of these people have something new. */
const toAnnounce = ({ cause, message, notices }: Told, managers: Managers, now: Instant): Outgoing[] => {
  const receivers = [...new Set(notices.flatMap((each) => receiversOf(each, managers)))];
  const [first] = notices;
  if (!first || receivers.length === 0) return [];
  const { handoffId, leadId, kind } = first.notice;
  const noticeId = deliveryIdOf(cause, 'in-app', handoffId);
  const event = { noticeId, handoffId, leadId, kind, receivers, createdAt: toIso(now) };
  return [outgoing(NoticeCreated, event, undefined, message)];
};

/** A Slack channel is told as people are; several notices at once become one message. */
const SLACK_GATHER_MS = 5_000;

const toEndpoints = (
  { cause, message, notices }: Told,
  endpoints: readonly Endpoint[],
  now: Instant,
): Delivery[] => {
  const { type } = message.contract;
  const notice = notices[0]?.notice;
  return endpoints
    .filter((endpoint) => wants(endpoint, type, notice?.everyChannel))
    .flatMap(({ id: receiver, kind }): Delivery[] => {
      const common = { receiver, createdAt: now, attempts: 0 };
      if (kind === 'standard') {
        const body = { type, timestamp: message.time.toISOString(), data: message.data as object };
        const id = deliveryIdOf(cause, 'webhook', receiver);
        return [{ ...common, id, channel: 'webhook', kind: type, body, nextAt: now }];
      }
      if (!notice) return [];
      const id = deliveryIdOf(cause, 'slack', receiver);
      const nextAt = now + SLACK_GATHER_MS;
      return [{ ...common, id, channel: 'slack', kind: notice.kind, body: notice, nextAt }];
    });
};

/** The same id for the same cause, however often its event is read. */
const deliveryIdOf = (cause: string, channel: Channel, receiver: string): string =>
  uuidOfHash(createHash('sha256').update(`notice\n${cause}\n${channel}\n${receiver}`).digest('hex'));
