import { Checkbox, NativeSelect, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { AgreementTask } from '../api/shapes.js';
import { useMe } from '../session/session.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Failure } from '../ui/states.js';
import { useChangeTask } from './agreement.js';
import { CLAUSE_WORDS, TASK_STATES } from './clause-words.js';

const STATES = Object.entries(TASK_STATES).map(([value, { words }]) => ({ value, label: words }));

/** State, comment and owner of a task. */
export const TaskDialog = ({ task, onClose }: { task: AgreementTask; onClose: () => void }): ReactNode => {
  const change = useChangeTask(task);
  const me = useMe();
  const [state, setState] = useState(task.state);
  const [comment, setComment] = useState(task.comment);
  const [takeOver, setTakeOver] = useState(false);
  return (
    <FormDialog
      title={`${CLAUSE_WORDS[task.clause]}: ${task.segmentName}, ${task.period}`}
      action="Save the task"
      ready
      busy={change.isPending}
      refusal={change.error ? <Failure fault={change.error} /> : null}
      onClose={onClose}
      onSubmit={() =>
        change.mutate(
          { state, comment: comment.trim(), ...(takeOver && { takeOver }) },
          { onSuccess: onClose },
        )
      }
    >
      <NativeSelect
        label="State"
        data={STATES}
        value={state}
        onChange={(event) => setState(event.currentTarget.value as AgreementTask['state'])}
      />
      <Textarea
        label="What is done about it?"
        autosize
        minRows={2}
        maxLength={1_000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      {task.owner?.id !== me.id && (
        <Checkbox
          label="I take it over"
          checked={takeOver}
          onChange={(event) => setTakeOver(event.currentTarget.checked)}
        />
      )}
    </FormDialog>
  );
};
