import { Radio, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Loaded } from '../ui/states.js';
import { useSellers } from '../handoff/handoffs.js';
import { VerdictDialog, type VerdictDialogProps } from './verdict-dialog.js';

const NEXT = 'next';

/** A manager reassigns an open hand-off; its clock starts again. */
export const ReassignDialog = ({ handoff, who, onDecide, ...frame }: VerdictDialogProps): ReactNode => {
  const sellers = useSellers(true);
  const [chosen, choose] = useState(NEXT);
  return (
    <VerdictDialog
      {...frame}
      title={`Give ${who} to somebody else`}
      action="Reassign"
      ready
      onSubmit={() => onDecide({ what: 'reassign', sellerId: chosen === NEXT ? null : chosen })}
    >
      <Loaded query={sellers}>
        {(list) => (
          <Radio.Group
            label="To whom?"
            description="The clock to accept begins anew."
            value={chosen}
            onChange={choose}
          >
            <Stack gap="sm" mt="sm">
              <Radio value={NEXT} label="Whoever is next in turn" />
              {list
                .filter(({ id }) => id !== handoff.seller?.id)
                .map(({ id, name, available, team }) => (
                  <Radio key={id} value={id} label={name} description={available ? team : `${team}, away`} />
                ))}
            </Stack>
          </Radio.Group>
        )}
      </Loaded>
    </VerdictDialog>
  );
};
