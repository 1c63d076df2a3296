import { isTimeZone } from '@baton/calendar';
import { conditionViolations } from '@baton/conditions';
import type { Violation } from '@baton/contracts';
import { ROUTING_FACTS } from '../rules/routing-rules.js';
import type { Agreement } from './agreement.js';

/** Faults of an agreement that matches the schema; empty when it can be signed. */
export const agreementViolations = ({ timeZone, segments }: Agreement): readonly Violation[] => [
  ...(isTimeZone(timeZone)
    ? []
    : [{ pointer: '/timeZone', detail: 'is no time zone: such as Europe/Vienna' }]),
  ...segments.flatMap(({ key, name, when }, n) => {
    const at = `/segments/${n}`;
    const earlier = segments.slice(0, n);
    const repeated = (field: string): Violation => ({
      pointer: `${at}/${field}`,
      detail: `is the ${field} of an earlier segment: the scorecard names segments, so each needs its own`,
    });
    return [
      ...(earlier.some((segment) => segment.key === key) ? [repeated('key')] : []),
      ...(earlier.some((segment) => segment.name === name) ? [repeated('name')] : []),
      ...(when ? conditionViolations(when, ROUTING_FACTS, `${at}/when`) : []),
      ...(!when && n < segments.length - 1
        ? [{ pointer: `${at}/when`, detail: 'is missing: only the last segment can have all other leads' }]
        : []),
    ];
  }),
];
