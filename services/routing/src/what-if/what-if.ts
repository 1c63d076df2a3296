import { instantBefore } from '@baton/contracts';
import { Clock, refusedField, ReadDatabase, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { setImmediate } from 'node:timers/promises';
import { toIso } from '../policy/duration.js';
import { RouteLeads } from '../rules/route-leads.js';
import { tagsOf } from '../team/needs.js';
import type { SellerSettings } from '../team/put-seller.js';
import { SellerStore } from '../team/seller.store.js';
import type { Candidate, Team } from '../team/team.js';
import { TeamStore } from '../team/team.store.js';
import { compare } from './compare.js';
import { PastOfferStore } from './past-offer.store.js';
import { seeded, simulate, type RecordedOffer, type SimulatedOffer } from './simulate.js';
import type { WhatIfRequest } from './what-if.request.js';
import type { WhatIfResponse } from './what-if.response.js';

const MAX_OFFERS = 5_000;
/** Offers decided before other requests get their turn. */
const SLICE = 25;
const PERIOD_MS = 30 * 86_400_000;
/** The same question has the same answer. */
const SEED = 1;

/** Who would have got the leads of a period under other rules or with other sellers. Changes nothing. */
@Injectable()
export class WhatIf {
  constructor(
    private readonly database: ReadDatabase,
    private readonly offers: PastOfferStore,
    private readonly sellers: SellerStore,
    private readonly teams: TeamStore,
    private readonly routes: RouteLeads,
    private readonly clock: Clock,
  ) {}

  async run(user: User, request: WhatIfRequest): Promise<WhatIfResponse> {
    const until = request.until ? Date.parse(request.until) : this.clock.now().getTime();
    const from = request.from ? Date.parse(request.from) : instantBefore(until, PERIOD_MS);
    if (from >= until) throw refusedField('/from', 'is not before the end');
    const rules = await this.routes.rules(this.database, this.clock.now(), request.rules);
    const teams = rosterOf(await this.teams.names(this.database), [
      ...(await this.sellers.list()),
      ...(request.sellers ?? []),
    ]);
    const found = await this.offers.of(user, { from, until, limit: MAX_OFFERS + 1 });
    const offers = found.slice(-MAX_OFFERS);
    const owners = await this.routes.ownersOf(this.database, offers, { ...rules, before: new Date(from) });
    const outcomes: SimulatedOffer<RecordedOffer>[] = [];
    for (const outcome of simulate({ teams, rules, owners, offers, random: seeded(SEED) }))
      if (outcomes.push(outcome) % SLICE === 0) await setImmediate();
    const period = { from: toIso(from), until: toIso(until), rulesId: rules.id };
    return { ...period, hasMore: found.length > MAX_OFFERS, ...compare(outcomes, teams) };
  }
}

type Settings = Omit<SellerSettings, 'calendarId' | 'maxOpen' | 'maxPerDay'> & {
  readonly maxOpen?: number | null;
  readonly maxPerDay?: number | null;
};

/** The teams of these sellers; of two with the same id the later one counts. */
const rosterOf = (names: readonly string[], sellers: readonly Settings[]): readonly Team[] => {
  const byId = new Map(sellers.map((seller) => [seller.id.toLowerCase(), seller]));
  const candidates = [...byId].map(([id, seller]) => ({
    team: seller.team,
    seller: candidateOf(id, seller),
  }));
  return names.map((name) => ({
    name,
    sellers: candidates.filter(({ team }) => team === name).map(({ seller }) => seller),
  }));
};

const candidateOf = (id: string, seller: Settings): Candidate => ({
  id,
  name: seller.name,
  weight: seller.weight,
  pointer: 0,
  available: seller.available,
  restingSince: null,
  open: 0,
  maxOpen: seller.maxOpen ?? null,
  today: 0,
  maxPerDay: seller.maxPerDay ?? null,
  calendarId: null,
  absences: seller.absences,
  lastOfferAt: null,
  tags: tagsOf(seller),
});
