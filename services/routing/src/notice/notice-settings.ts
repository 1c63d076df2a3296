import { due, WEEKDAYS, type Calendar } from '@baton/calendar';
import type { Instant } from '../policy/duration.js';
import { NOTICE_KINDS, type Notice, type NoticeKind } from './notice.js';

/** A daily time without e-mail, `HH:MM` on the clock of the time zone; across midnight when `to` is not after `from`. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** How a person wants to be told; every notice is in the list of the dashboard. */
export interface NoticeSettings {
  readonly userId: string;
  readonly role: string;
  /** Confirmed by a link that was sent there; null: no e-mail. */
  readonly email: string | null;
  /** The kinds that are also sent by e-mail. */
  readonly kinds: readonly NoticeKind[];
  readonly timeZone: string;
  readonly quietHours: QuietHours | null;
  /** Minutes over which e-mails are gathered into one. */
  readonly gatherMinutes: number;
  /** The member id of the person in Slack, who may decide with the buttons of a card. */
  readonly slackUserId: string | null;
}

export const defaultSettings = (userId: string, role: string): NoticeSettings => ({
  userId,
  role,
  email: null,
  kinds: NOTICE_KINDS.filter((kind) => kind !== 'passed-on' && kind !== 'nurture-due'),
  timeZone: 'UTC',
  quietHours: null,
  gatherMinutes: 1,
  slackUserId: null,
});

const MINUTE_MS = 60_000;

/** When a notice of now is sent to the person by e-mail; undefined when it is not. */
export const emailAt = (
  { kind, everyChannel = false }: Pick<Notice, 'kind' | 'everyChannel'>,
  settings: NoticeSettings,
  now: Instant,
): Instant | undefined => {
  if (settings.email === null || !(everyChannel || settings.kinds.includes(kind))) return undefined;
  return everyChannel ? quietUntil(settings, now) : sendAt(settings, now);
};

/** When an e-mail about something that happened now is sent: gathered with others, and not before the quiet hours end. */
export const sendAt = (settings: NoticeSettings, now: Instant): Instant =>
  quietUntil(settings, now + settings.gatherMinutes * MINUTE_MS);

/** The end of the quiet hours that `now` lies in; `now` outside of them. */
export const quietUntil = ({ quietHours, timeZone }: NoticeSettings, now: Instant): Instant => {
  if (!quietHours || quietHours.from === quietHours.to) return now;
  // The calendar of the hours that are not quiet: the first millisecond in it ends the wait.
  const awake: Calendar = {
    timeZone,
    hours: Object.fromEntries(WEEKDAYS.map((day) => [day, [[quietHours.to, quietHours.from]]])),
  };
  return due(awake, now, 0.001) - 1;
};
