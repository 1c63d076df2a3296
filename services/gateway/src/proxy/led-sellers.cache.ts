import { DomainError, type LedSellers, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { CallerIdentity } from '../access/caller-identity.js';
import { GatewayConfig } from '../gateway.config.js';

/** Age at which routing is asked again, ms: a change of teams takes effect this late. */
const MAX_AGE_MS = 10_000;
/** While routing does not respond, no team changes through it: what it said last is valid for so long, ms. */
const MAX_OUTAGE_MS = 5 * 60_000;
const TIMEOUT_MS = 3_000;

interface Known {
  readonly leads: LedSellers;
  readonly at: number;
}

/** The sellers whose leads a manager sees, as routing says, which owns teams. Other services learn them from the manager's identity. */
@Injectable()
export class LedSellersCache {
  private readonly known = new Map<string, Known>();
  private readonly asked = new Map<string, Promise<LedSellers>>();

  constructor(
    private readonly config: GatewayConfig,
    private readonly identity: CallerIdentity,
  ) {}

  /** @throws DomainError `unavailable` when routing does not respond and has not for minutes */
  async of(user: User): Promise<LedSellers> {
    const known = this.known.get(user.id);
    if (known && performance.now() - known.at < MAX_AGE_MS) return known.leads;
    const asking = this.asked.get(user.id) ?? this.ask(user).finally(() => this.asked.delete(user.id));
    this.asked.set(user.id, asking);
    return asking;
  }

  private async ask(user: User): Promise<LedSellers> {
    const now = performance.now();
    for (const [id, { at }] of this.known) if (now - at > MAX_OUTAGE_MS) this.known.delete(id);
    const leads = (await this.answerFor(user)) ?? this.known.get(user.id)?.leads;
    if (leads === undefined) throw notResponding();
    return leads;
  }

  private async answerFor(user: User): Promise<LedSellers | undefined> {
    const at = performance.now();
    try {
      const response = await fetch(`${this.config.urlOf('routing')}/teams/led`, {
        headers: { authorization: this.identity.ofUser('routing', user) },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) return undefined;
      const { all, sellers } = (await response.json()) as { all: boolean; sellers: readonly string[] };
      const leads = all ? 'all' : sellers;
      this.known.set(user.id, { leads, at });
      return leads;
    } catch {
      return undefined;
    }
  }
}

const notResponding = (): DomainError =>
  new DomainError('unavailable', 'Which teams you lead is not known at the moment; try again.', {
    retryAfter: 2,
  });
