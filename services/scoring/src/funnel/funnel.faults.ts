import { conditionViolations } from '@baton/conditions';
import type { Violation } from '@baton/contracts';
import { repeated } from '../model/duplicate-keys.js';
import { identityFacts, OUTCOMES, scoreFacts, type Funnel, type Stage } from './funnel.js';

/** Where a funnel that keeps its schema contradicts itself; empty when it is sound. */
export const funnelFaults = (funnel: Funnel): Violation[] => {
  const { stages, exits } = funnel;
  const pathOf = (index: number): string =>
    index < stages.length ? `/stages/${index}/key` : `/exits/${index - stages.length}/key`;
  return [
    ...repeated(
      [...stages, ...exits].map(({ key }) => key),
      pathOf,
    ),
    ...repeated(
      stages.map(({ on }, index) => on ?? `stage ${index}`),
      (index) => `/stages/${index}/on`,
    ),
    ...stages.flatMap((stage, index) => stageFaults(stage, `/stages/${index}`)),
    ...orderFaults(stages),
    ...exitFaults(funnel),
    ...readyFaults(funnel),
  ];
};

const stageFaults = (stage: Stage, at: string): Violation[] => {
  const found: Violation[] = [];
  const fault = (path: string, message: string): void =>
    void found.push({ pointer: `${at}${path}`, detail: message });
  const conditional = stage.by === 'identity' || stage.by === 'score';
  if (conditional && !stage.when) fault('', `a stage decided by ${stage.by} needs 'when'`);
  if (!conditional && stage.when) fault('/when', `has no meaning for a stage decided by ${stage.by}`);
  if (stage.by === 'verdict' && !stage.on) fault('', "a stage decided by verdict needs 'on'");
  if (stage.by !== 'verdict' && stage.on) fault('/on', `has no meaning for a stage decided by ${stage.by}`);
  const facts = stage.by === 'identity' ? identityFacts : scoreFacts;
  return conditional && stage.when
    ? [...found, ...conditionViolations(stage.when, facts, `${at}/when`)]
    : found;
};

/** A lead climbs: everybody is in the first stage, then what is known of them decides, then sales does. */
const orderFaults = (stages: readonly Stage[]): Violation[] => {
  const firstVerdict = stages.findIndex(({ by }) => by === 'verdict');
  const found = stages.flatMap(({ by }, index): Violation[] => {
    const path = `/stages/${index}/by`;
    if (index === 0 && by !== 'event')
      return [
        { pointer: path, detail: "the first stage must be decided by 'event': it is where everybody is" },
      ];
    if (index > 0 && by === 'event')
      return [
        { pointer: path, detail: "only the first stage may be decided by 'event': everybody would be here" },
      ];
    return firstVerdict >= 0 && index > firstVerdict && by !== 'verdict'
      ? [{ pointer: path, detail: `cannot be decided by ${by} after a stage that sales decides` }]
      : [];
  });
  return stages.some(({ on }) => on === 'accepted')
    ? found
    : [
        ...found,
        {
          pointer: '/stages',
          detail: "no stage is reached on 'accepted': a seller's yes would have no effect",
        },
      ];
};

const exitFaults = ({ exits }: Funnel): Violation[] => [
  ...OUTCOMES.flatMap((outcome) =>
    exits.some(({ on }) => on === outcome)
      ? []
      : { pointer: '/exits', detail: `no exit is for leads that are ${outcome}` },
  ),
  ...exits.flatMap(({ on, restDays }, index) =>
    on === 'disqualified' && restDays !== undefined
      ? {
          pointer: `/exits/${index}/restDays`,
          detail: 'has no meaning here: a disqualified lead does not come back',
        }
      : [],
  ),
];

const readyFaults = ({ stages, salesReady }: Funnel): Violation[] => {
  const path = '/salesReady/stage';
  const stage = stages.find(({ key }) => key === salesReady.stage);
  if (!stage) return [{ pointer: path, detail: `there is no stage '${salesReady.stage}'` }];
  return stage.by === 'identity' || stage.by === 'score'
    ? []
    : [
        {
          pointer: path,
          detail: `is decided by ${stage.by}: only a stage of identity or score can make a lead ready`,
        },
      ];
};
