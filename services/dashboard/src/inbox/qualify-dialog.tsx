import { Checkbox, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Bant } from '../api/shapes.js';
import { VerdictDialog, type VerdictDialogProps } from './verdict-dialog.js';

const QUESTIONS: [key: keyof Bant, label: string, meaning: string][] = [
  ['budget', 'Budget', 'There is money for it'],
  ['authority', 'Authority', 'They can decide, or bring in who can'],
  ['need', 'Need', 'They have the problem that we solve'],
  ['timeline', 'Timeline', 'They named a date'],
];

/** The criteria a seller confirms: budget, authority, need, timeline. */
export const QualifyDialog = ({ handoff: _, who, onDecide, ...frame }: VerdictDialogProps): ReactNode => {
  const [bant, setBant] = useState<Bant>({ budget: false, authority: false, need: false, timeline: false });
  return (
    <VerdictDialog
      {...frame}
      title={`Qualify ${who}`}
      action="Qualify"
      ready
      onSubmit={() => onDecide({ what: 'qualify', bant })}
    >
      <Text size="sm">Tick what you know to be true. The lead becomes sales qualified.</Text>
      <Stack gap="sm">
        {QUESTIONS.map(([key, label, meaning]) => (
          <Checkbox
            key={key}
            label={label}
            description={meaning}
            checked={bant[key]}
            onChange={(event) => setBant({ ...bant, [key]: event.currentTarget.checked })}
          />
        ))}
      </Stack>
    </VerdictDialog>
  );
};
