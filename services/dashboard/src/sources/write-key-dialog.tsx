import { Checkbox, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { asProblem } from '../api/problem.js';
import type { WriteKey } from '../api/shapes.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Failure } from '../ui/states.js';
import { NewWriteKey } from './new-write-key.js';
import classes from './write-key-dialog.module.css';
import { endOfDay, KIND_LABELS, originsIn } from './write-key-text.js';
import { useChangeWriteKey, useCreateWriteKey } from './write-keys.js';

interface WriteKeyDialogProps {
  sourceId: string;
  /** To edit; a new one is made without. */
  edited?: WriteKey;
  onClose: () => void;
}

/** Makes a write key and shows it once, or changes what one lets in. */
export const WriteKeyDialog = ({ sourceId, edited, onClose }: WriteKeyDialogProps): ReactNode => {
  const create = useCreateWriteKey(sourceId);
  const change = useChangeWriteKey(sourceId);
  const [name, setName] = useState(edited?.name ?? '');
  const [origins, setOrigins] = useState(edited?.origins.join('\n') ?? '');
  const [kinds, setKinds] = useState<WriteKey['kinds']>(edited?.kinds ?? []);
  const [lastDay, setLastDay] = useState('');
  const { error, isPending } = edited ? change : create;
  const faultAt = (member: string): string | undefined =>
    error
      ? asProblem(error).violations.find(({ pointer }) => pointer.startsWith(`/${member}`))?.detail
      : undefined;
  const save = (): void => {
    const typed = { name: name.trim(), origins: originsIn(origins), kinds };
    if (edited) return change.mutate({ id: edited.id, ...typed }, { onSuccess: onClose });
    const endsAt = endOfDay(lastDay);
    create.mutate({ ...typed, ...(endsAt !== undefined && { endsAt }) });
  };
  if (create.data) return <NewWriteKey writeKey={create.data.writeKey} onClose={onClose} />;
  return (
    <FormDialog
      title={edited ? `Key ${edited.prefix}…` : 'New write key'}
      size="lg"
      action={edited ? 'Save' : 'Make the key'}
      ready={name.trim() !== ''}
      busy={isPending}
      refusal={error ? <Failure fault={error} /> : null}
      onClose={onClose}
      onSubmit={save}
    >
      <TextInput
        label="Name"
        description="What sends with it."
        placeholder="Web shop"
        required
        data-autofocus
        maxLength={256}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label="Allowed pages"
        description="Their origins, one a line, such as https://www.engines.example, or https://*.engines.example for its subdomains. Empty allows any page, and servers; a list refuses servers."
        autosize
        minRows={2}
        maxRows={8}
        value={origins}
        error={faultAt('origins')}
        onChange={(event) => setOrigins(event.currentTarget.value)}
      />
      <Checkbox.Group
        label="What it may send"
        description="Nothing ticked is everything."
        value={[...kinds]}
        onChange={(next) => setKinds(next)}
      >
        <div className={classes.kinds}>
          {Object.entries(KIND_LABELS).map(([kind, label]) => (
            <Checkbox key={kind} value={kind} label={label} />
          ))}
        </div>
      </Checkbox.Group>
      {!edited && (
        <TextInput
          type="date"
          label="Last day"
          description="The key ends after it. Without one it has no end."
          value={lastDay}
          error={faultAt('endsAt')}
          onChange={(event) => setLastDay(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  );
};
