import { setTimeout as delay } from 'node:timers/promises';
import {
  planActions,
  type SellerAction,
  type SellerBehaviour,
  type LeadTraits,
  type AssignedHandoff,
} from './seller-behaviour.js';

export interface Login {
  readonly email: string;
  readonly password: string;
}

export interface SimulatedSellerOptions {
  readonly gateway: string;
  readonly login: Login;
  readonly behaviour: SellerBehaviour;
  readonly seed: string;
  /** Called after each action with the HTTP status; 0 without an answer. */
  readonly onAction: (action: SellerAction['path'], status: number) => void;
}

type InboxItem = AssignedHandoff & { readonly leadId: string };

const POLL_INTERVAL_MS = 3_000;

/** Logs in as one seller, polls the inbox and performs the planned actions on each hand-off. */
export class SimulatedSeller {
  private cookie: string | undefined;
  /** Keys of hand-offs whose actions are planned; removed when the hand-off leaves the inbox. */
  private seen = new Set<string>();

  constructor(private readonly options: SimulatedSellerOptions) {}

  /** Polls until the process ends. A failed poll is repeated with the next interval. */
  async run(): Promise<never> {
    for (;;) {
      await this.pollInbox().catch(() => undefined);
      await delay(POLL_INTERVAL_MS);
    }
  }

  private async pollInbox(): Promise<void> {
    const inbox = [...(await this.inbox('offered')), ...(await this.inbox('accepted'))];
    const current = new Set<string>();
    for (const handoff of inbox) {
      const key = `${handoff.id}/${handoff.offer}`;
      current.add(key);
      if (this.seen.has(key)) continue;
      const { traits } = (await this.get(`/api/leads/${handoff.leadId}`)) as { traits: LeadTraits };
      const { seed, behaviour } = this.options;
      void this.perform(handoff, planActions({ seed, behaviour, handoff, traits, now: new Date() }));
      this.seen.add(key);
    }
    this.seen = new Set([...this.seen].filter((key) => current.has(key)));
  }

  private async inbox(state: string): Promise<InboxItem[]> {
    return ((await this.get(`/api/handoffs?state=${state}`)) as { items: InboxItem[] }).items;
  }

  private async perform(handoff: InboxItem, actions: readonly SellerAction[]): Promise<void> {
    for (const { delayMs, path, body } of actions) {
      await delay(delayMs);
      const response = await this.request(`/api/handoffs/${handoff.id}/${path}`, body).catch(() => undefined);
      this.options.onAction(path, response?.status ?? 0);
      // The hand-off was decided by another user or the service is unavailable: drop the remaining actions.
      if (!response?.ok) return;
    }
  }

  private async get(path: string): Promise<unknown> {
    const response = await this.request(path);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.json();
  }

  private async request(path: string, body?: object): Promise<Response> {
    this.cookie ??= await this.logIn();
    const response = await fetch(`${this.options.gateway}${path}`, {
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
      headers: { cookie: this.cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
      signal: AbortSignal.timeout(10_000),
    });
    if (response.status === 401) this.cookie = undefined;
    return response;
  }

  private async logIn(): Promise<string> {
    const { gateway, login } = this.options;
    const response = await fetch(`${gateway}/api/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(login),
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`login: ${response.status}`);
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }
}
