import { conditionViolations } from '@baton/conditions';
import type { Violation } from '@baton/contracts';
import { tagOf } from '../team/needs.js';
import { ROUTING_FACTS, type RoutingRules, type Territory } from './routing-rules.js';
import { lineOf } from './territories.js';

/** Faults of rules that match the schema; empty when they can be signed. */
export const routingRulesViolations = ({ rules, territories = [] }: RoutingRules): readonly Violation[] => [
  ...rules.flatMap(({ key, name, when, to }, n) => {
    const at = `/rules/${n}`;
    const earlier = rules.slice(0, n);
    const repeated = (field: string): Violation => ({
      pointer: `${at}/${field}`,
      detail: `is the ${field} of an earlier rule: decisions name the rule, so each needs its own`,
    });
    return [
      ...(earlier.some((rule) => rule.key === key) ? [repeated('key')] : []),
      ...(earlier.some((rule) => rule.name === name) ? [repeated('name')] : []),
      ...(when ? conditionViolations(when, ROUTING_FACTS, `${at}/when`) : []),
      ...targetViolations(to, `${at}/to`),
    ];
  }),
  ...territories.flatMap((territory, n) => territoryViolations(territory, n, territories)),
];

const targetViolations = (target: object, at: string): readonly Violation[] => {
  if (!('owner' in target))
    return 'team' in target ? [] : [{ pointer: `${at}/team`, detail: 'is missing: name a team or an owner' }];
  const other = Object.keys(target).find((field) => field !== 'owner');
  return other === undefined
    ? []
    : [{ pointer: `${at}/${other}`, detail: 'has no meaning for the owner of a lead' }];
};

const territoryViolations = (
  territory: Territory,
  n: number,
  territories: readonly Territory[],
): readonly Violation[] => {
  const at = `/territories/${n}`;
  const { name, within, when } = territory;
  const byName = new Map(territories.map((each) => [each.name, each]));
  const isRepeated = territories.slice(0, n).some((each) => tagOf(each.name) === tagOf(name));
  const outer = within === undefined ? undefined : byName.get(within);
  const isCircular = within === name || (outer !== undefined && lineOf(outer, byName).includes(name));
  return [
    ...(isRepeated ? [{ pointer: `${at}/name`, detail: 'is the name of an earlier territory' }] : []),
    ...(within !== undefined && !outer ? [{ pointer: `${at}/within`, detail: 'is no territory' }] : []),
    ...(isCircular ? [{ pointer: `${at}/within`, detail: 'is within this territory itself' }] : []),
    ...(when ? conditionViolations(when, ROUTING_FACTS, `${at}/when`) : []),
  ];
};
