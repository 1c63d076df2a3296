import { Button, Group, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { AgreementTask } from '../api/shapes.js';
import { SIGNER_ROLES, useMe } from '../session/session.js';
import { formatDateTime } from '../time/format.js';
import { Name } from '../ui/name.js';
import { Panel } from '../ui/page.js';
import { ShowOlder } from '../ui/show-older.js';
import { Loaded } from '../ui/states.js';
import { ToneBadge } from '../ui/tone-badge.js';
import { useTasks } from './agreement.js';
import { CLAUSE_WORDS, inUnit, TASK_STATES, TEAM_WORDS } from './clause-words.js';
import { TaskDialog } from './task-dialog.js';
import classes from './tasks-panel.module.css';

/** What is done about promises that were, or are about to be, missed. */
export const TasksPanel = (): ReactNode => {
  const tasks = useTasks();
  const [changed, setChanged] = useState<AgreementTask>();
  return (
    <Panel title="Tasks" note="Each promise that is missed, or at risk, has one.">
      <Loaded query={tasks}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Text size="sm">No promise was missed, and none is at risk.</Text>;
          return (
            <ul className={classes.tasks}>
              {items.map((task) => (
                <TaskItem key={task.id} task={task} onChange={() => setChanged(task)} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      <ShowOlder list={tasks} />
      {changed && <TaskDialog key={changed.id} task={changed} onClose={() => setChanged(undefined)} />}
    </Panel>
  );
};

const TaskItem = ({ task, onChange }: { task: AgreementTask; onChange: () => void }): ReactNode => {
  const { clause, team, segmentName, period, cause, promised, delivered, forecast, owner, dueAt, comment } =
    task;
  const { words, tone } = TASK_STATES[task.state];
  const me = useMe();
  return (
    <li>
      <Group gap="xs">
        <ToneBadge tone={tone}>{words}</ToneBadge>
        <strong>
          {CLAUSE_WORDS[clause]}: {segmentName}, {period}
        </strong>
        {SIGNER_ROLES.includes(me.role) && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Change the task: ${CLAUSE_WORDS[clause]}, ${segmentName}, ${period}`}
            onClick={onChange}
          >
            Change
          </Button>
        )}
      </Group>
      <Text size="sm">
        {TEAM_WORDS[team]} promised {inUnit(clause, promised)}, {inUnit(clause, delivered)}{' '}
        {cause === 'missed' ? 'was delivered.' : `so far; ${inUnit(clause, forecast)} is to be expected.`}
      </Text>
      <Text size="sm" c="dimmed">
        {owner ? <Name>{owner.name}</Name> : 'Nobody yet'}, due {formatDateTime(dueAt)}
      </Text>
      {comment && <Text size="sm">{comment}</Text>}
    </li>
  );
};
