import { setTimeout as delay } from 'node:timers/promises';
import { intentions, type Deed, type Habit, type LeadTraits, type Offered } from './seller-behaviour.js';

export interface Login {
  readonly email: string;
  readonly password: string;
}

export interface DeskOptions {
  readonly gateway: string;
  readonly login: Login;
  readonly habit: Habit;
  readonly seed: string;
  /** Told each deed that was done. */
  readonly did: (deed: Deed['path'], status: number) => void;
}

type HandoffOnDesk = Offered & { readonly leadId: string };

const every = 3_000;

/** One seller at work: logs in, looks at the inbox, and does with each hand-off what the habit says. */
export class Desk {
  private cookie: string | undefined;
  /** Hand-offs that are decided on; one that left the inbox may be forgotten. */
  private seen = new Set<string>();

  constructor(private readonly options: DeskOptions) {}

  /** Works until the process ends; whatever fails is tried again with the next look. */
  async work(): Promise<never> {
    for (;;) {
      await this.look().catch(() => undefined);
      await delay(every);
    }
  }

  private async look(): Promise<void> {
    const inbox = [...(await this.inbox('offered')), ...(await this.inbox('accepted'))];
    const here = new Set<string>();
    for (const handoff of inbox) {
      const key = `${handoff.id}/${handoff.offer}`;
      here.add(key);
      if (this.seen.has(key)) continue;
      const { traits } = (await this.get(`/api/leads/${handoff.leadId}`)) as { traits: LeadTraits };
      const { seed, habit } = this.options;
      void this.carryOut(handoff, intentions({ seed, habit, handoff, traits, now: new Date() }));
      this.seen.add(key);
    }
    this.seen = new Set([...this.seen].filter((key) => here.has(key)));
  }

  private async inbox(state: string): Promise<HandoffOnDesk[]> {
    return ((await this.get(`/api/handoffs?state=${state}`)) as { items: HandoffOnDesk[] }).items;
  }

  private async carryOut(handoff: HandoffOnDesk, deeds: readonly Deed[]): Promise<void> {
    for (const { after, path, body } of deeds) {
      await delay(after);
      const response = await this.request(`/api/handoffs/${handoff.id}/${path}`, body).catch(() => undefined);
      this.options.did(path, response?.status ?? 0);
      // Somebody was quicker, or the service is away: what is left to do is seen anew after a restart.
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
