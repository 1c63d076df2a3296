import { toIso } from '../policy/duration.js';
import type { Team } from '../team/team.js';
import type { RecordedOffer, SimulatedOffer } from './simulate.js';

const MAX_DIFFERENCES = 100;

interface Count {
  readonly got: number;
  readonly would: number;
}

type Outcome = SimulatedOffer<RecordedOffer>;

/** What sellers and teams got beside what they would have got, and the leads that differ. */
export const compare = (outcomes: readonly Outcome[], teams: readonly Team[]) => {
  const sellers = teams.flatMap(({ name: team, sellers: members }) =>
    members.map(({ id, name }) => ({ id, name, team })),
  );
  const names = new Map(sellers.map(({ id, name }) => [id, name]));
  const nameOf = (id: string | null): string | null =>
    id === null ? null : (names.get(id) ?? 'a former seller');
  const bySeller = countsOf(outcomes, ({ offer, assignment }) => [offer.sellerId, assignment.seller?.id]);
  const byTeam = countsOf(outcomes, ({ offer, assignment }) => [
    offer.sellerId && offer.team,
    assignment.seller && assignment.team,
  ]);
  const changed = outcomes.filter(
    ({ offer, assignment }) => offer.sellerId !== (assignment.seller?.id ?? null),
  );
  return {
    leads: outcomes.length,
    teams: teams.map(({ name }) => ({ team: name, ...(byTeam.get(name) ?? NONE) })),
    sellers: sellers.map((seller) => ({ ...seller, ...(bySeller.get(seller.id) ?? NONE) })),
    waited: outcomes.filter(({ offer }) => offer.sellerId === null).length,
    wouldWait: outcomes.filter(({ assignment }) => !assignment.seller).length,
    changed: changed.length,
    differences: changed
      .filter(({ offer }) => offer.isSeen)
      .slice(-MAX_DIFFERENCES)
      .reverse()
      .map(({ offer, assignment }) => ({
        handoffId: offer.handoffId,
        leadId: offer.leadId,
        at: toIso(offer.at),
        got: nameOf(offer.sellerId),
        would: assignment.seller?.name ?? null,
        why: assignment.why,
      })),
  };
};

const NONE: Count = { got: 0, would: 0 };

const countsOf = (
  outcomes: readonly Outcome[],
  keysOf: (outcome: Outcome) => readonly [string | null | undefined, string | null | undefined],
): Map<string, Count> => {
  const counts = new Map<string, Count>();
  const add = (key: string | null | undefined, more: Count): void => {
    if (!key) return;
    const { got, would } = counts.get(key) ?? NONE;
    counts.set(key, { got: got + more.got, would: would + more.would });
  };
  for (const outcome of outcomes) {
    const [got, would] = keysOf(outcome);
    add(got, { got: 1, would: 0 });
    add(would, { got: 0, would: 1 });
  }
  return counts;
};
