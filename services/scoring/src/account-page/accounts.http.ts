import {
  ApiResponseShape,
  Clock,
  CurrentUser,
  decodeCursor,
  DomainError,
  pageOf,
  PageOf,
  ReadDatabase,
  User,
  type Page,
} from '@baton/platform';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { AccountSummary, toAccountSummary } from '../account/account.response.js';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import { scoreOf } from '../lead/evaluate-lead.js';
import type { Lead } from '../lead/lead.js';
import { AccountQueryStore, type AfterAccount } from './account-query.store.js';
import { AccountPath, AccountsQuery } from './accounts.request.js';
import { AccountResponse, type PersonResponse } from './accounts.response.js';

const DEFAULT_LIMIT = 50;
const RECENT_MS = 30 * 86_400_000;
const POSITION = {
  points: (value: unknown) => typeof value === 'number' && Number.isFinite(value),
  domain: (value: unknown) => typeof value === 'string',
};

/** Companies for signed-in users: whoever sees a lead of an account sees its totals, and of its leads those they see. */
@Controller('accounts')
export class AccountsHttp {
  constructor(
    private readonly accounts: AccountQueryStore,
    private readonly definitions: ActiveDefinitionsCache,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  /** Most engaged first. */
  @Get()
  @ApiResponseShape(PageOf(AccountSummary))
  async search(
    @Query() { text, limit = DEFAULT_LIMIT, cursor }: AccountsQuery,
    @CurrentUser() user: User,
  ): Promise<Page<AccountSummary>> {
    const after = cursor === undefined ? undefined : decodeCursor<AfterAccount>(cursor, POSITION);
    const found = await this.accounts.search(user, { text, after, limit: limit + 1 });
    return pageOf(found.map(toAccountSummary), limit, ({ points, domain }) => ({ points, domain }));
  }

  /** @throws DomainError `not-found`, for an account without leads that the user sees as for one that does not exist */
  @Get(':domain')
  @ApiResponseShape(AccountResponse)
  async get(@Param() path: AccountPath, @CurrentUser() user: User): Promise<AccountResponse> {
    const domain = path.domain.toLowerCase();
    const account = await this.accounts.find(user, domain);
    if (!account) throw new DomainError('not-found', `There is no account ${domain}.`);
    const now = this.clock.now().getTime();
    return {
      ...toAccountSummary(account),
      leads: await this.toPeople(await this.accounts.people(user, domain), now),
      activities: await this.accounts.activities(domain, new Date(now - RECENT_MS)),
      deals: await this.accounts.deals(domain),
    };
  }

  private async toPeople(leads: readonly Lead[], now: number): Promise<PersonResponse[]> {
    const people: PersonResponse[] = [];
    for (const lead of leads) {
      const model = await this.definitions.model(this.database, lead.modelId);
      people.push({
        id: lead.id,
        name: textOf(lead, 'name') ?? fullNameOf(lead),
        jobTitle: textOf(lead, 'jobTitle'),
        email: textOf(lead, 'email'),
        stage: lead.stage,
        score: scoreOf(lead, model, now),
        owner: lead.owner,
        lastActivityAt: new Date(lead.lastActivityAt).toISOString(),
      });
    }
    return people.sort((one, other) => other.score.points - one.score.points);
  }
}

const textOf = ({ traits }: Lead, trait: string): string | null => {
  const value = traits[trait];
  return typeof value === 'string' ? value : null;
};

const fullNameOf = (lead: Lead): string | null =>
  ['firstName', 'lastName'].flatMap((name) => textOf(lead, name) ?? []).join(' ') || null;
