import { conditionViolations } from '@baton/conditions';
import type { Violation } from '@baton/contracts';
import { duplicateKeys } from '../model/duplicate-keys.js';
import { engagementFacts } from '../model/scoring-model.js';
import { nurtureFacts } from './nurture.js';
import { recycleViolations } from './recycle.violations.js';
import { identityFacts, OUTCOMES, scoreFacts, type Funnel, type Stage } from './funnel.js';

/** Contradictions in a funnel that is valid by its schema; empty when it is sound. */
export const funnelViolations = (funnel: Funnel): Violation[] => {
  const { stages, exits } = funnel;
  const pathOf = (index: number): string =>
    index < stages.length ? `/stages/${index}/key` : `/exits/${index - stages.length}/key`;
  return [
    ...duplicateKeys(
      [...stages, ...exits].map(({ key }) => key),
      pathOf,
    ),
    ...duplicateKeys(
      stages.map(({ on }, index) => on ?? `stage ${index}`),
      (index) => `/stages/${index}/on`,
    ),
    ...stages.flatMap((stage, index) => stageViolations(stage, `/stages/${index}`)),
    ...orderViolations(stages),
    ...exitViolations(funnel),
    ...readyViolations(funnel),
    ...recycleViolations(funnel),
    ...nurtureViolations(funnel),
    ...(funnel.asksAgain ? conditionViolations(funnel.asksAgain, engagementFacts, '/asksAgain') : []),
  ];
};

const nurtureViolations = (funnel: Funnel): Violation[] => {
  const { nurture = [] } = funnel;
  const facts = nurtureFacts(funnel);
  return [
    ...duplicateKeys(
      nurture.map(({ key }) => key),
      (index) => `/nurture/${index}/key`,
    ),
    ...nurture.flatMap(({ when }, index) => conditionViolations(when, facts, `/nurture/${index}/when`)),
  ];
};

const stageViolations = (stage: Stage, at: string): Violation[] => {
  const found: Violation[] = [];
  const report = (path: string, detail: string): void => void found.push({ pointer: `${at}${path}`, detail });
  const conditional = stage.by === 'identity' || stage.by === 'score';
  if (conditional && !stage.when) report('', `a stage decided by ${stage.by} needs 'when'`);
  if (!conditional && stage.when) report('/when', `has no meaning for a stage decided by ${stage.by}`);
  if (stage.by === 'verdict' && !stage.on) report('', "a stage decided by verdict needs 'on'");
  if (stage.by !== 'verdict' && stage.on) report('/on', `has no meaning for a stage decided by ${stage.by}`);
  const facts = stage.by === 'identity' ? identityFacts : scoreFacts;
  return conditional && stage.when
    ? [...found, ...conditionViolations(stage.when, facts, `${at}/when`)]
    : found;
};

/** Order: the first stage by event, then stages by identity and score, then those by verdict. */
const orderViolations = (stages: readonly Stage[]): Violation[] => {
  const firstVerdict = stages.findIndex(({ by }) => by === 'verdict');
  const found = stages.flatMap(({ by }, index): Violation[] => {
    const path = `/stages/${index}/by`;
    if (index === 0 && by !== 'event')
      return [
        { pointer: path, detail: "the first stage must be decided by 'event': every lead starts there" },
      ];
    if (index > 0 && by === 'event')
      return [
        {
          pointer: path,
          detail: "only the first stage may be decided by 'event': every lead would reach this one",
        },
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
          detail: "no stage is reached on 'accepted': accepting a lead would have no effect",
        },
      ];
};

const exitViolations = ({ exits }: Funnel): Violation[] => [
  ...OUTCOMES.flatMap((outcome) =>
    exits.some(({ on }) => on === outcome)
      ? []
      : { pointer: '/exits', detail: `no exit is for leads that are ${outcome}` },
  ),
  ...exits.flatMap(({ on, restDays }, index) =>
    on === 'disqualified' && restDays !== undefined
      ? {
          pointer: `/exits/${index}/restDays`,
          detail: 'has no meaning here: a disqualified lead is never eligible again',
        }
      : [],
  ),
];

const readyViolations = ({ stages, salesReady }: Funnel): Violation[] => {
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
