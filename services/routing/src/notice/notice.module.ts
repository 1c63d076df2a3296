import { ConfirmAddress } from './confirm-address.js';
import { CurrentHandoffsStore } from './current-handoffs.store.js';
import { DecideByLink } from './decide-by-link.js';
import { DeliverNotices } from './deliver-notices.job.js';
import { Email } from './email.client.js';
import { EndpointStore } from './endpoint.store.js';
import { EndpointsHttp } from './endpoints.http.js';
import { GuardedHttp } from './guarded-http.client.js';
import { NoticeSettingsStore } from './notice-settings.store.js';
import { NoticeStore } from './notice.store.js';
import { NoticesHttp } from './notices.http.js';
import { OnEventToTell } from './on-event-to-tell.js';
import { OnNurtureDue } from './on-nurture-due.js';
import { LinkVerdicts } from './link-verdicts.js';
import { NoticeSenders } from './notice-senders.js';
import { SendNotices } from './send-notices.js';
import { SignedTokens } from './signed-tokens.js';
import { SlackActionsHttp } from './slack-actions.http.js';
import { StandardWebhook } from './standard-webhook.client.js';
import { TellEvents } from './tell-events.js';
import { UsedLinkStore } from './used-link.store.js';
import { VerdictLinkHttp } from './verdict-link.http.js';

/** What the service needs of notices. */
export const notices = {
  /** Reads routing's own events and signals of leads with progress of its own: a slow round of notices delays no hand-off. */
  reader: { name: 'notices', handlers: [OnEventToTell, OnNurtureDue], passesErasedBy: true },
  http: [NoticesHttp, EndpointsHttp, VerdictLinkHttp, SlackActionsHttp],
  stores: [
    NoticeStore,
    NoticeSettingsStore,
    EndpointStore,
    UsedLinkStore,
    CurrentHandoffsStore,
    SignedTokens,
    Email,
    GuardedHttp,
    StandardWebhook,
    NoticeSenders,
    TellEvents,
    SendNotices,
    DeliverNotices,
    ConfirmAddress,
    LinkVerdicts,
    DecideByLink,
  ],
};
