import { Button, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { candidatesOf, Considered } from '../handoff/considered.js';
import { useAssignment } from '../handoff/handoffs.js';
import { useMe } from '../session/session.js';
import { Loaded } from '../ui/states.js';

/** Why the lead went to its seller, and why not to the others. */
export const Assignment = ({ handoffId }: { handoffId: string }): ReactNode => {
  const [isOpen, setOpen] = useState(false);
  const me = useMe();
  const decision = useAssignment(handoffId, isOpen);
  return (
    <section>
      <Button variant="subtle" size="sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        Why this seller?
      </Button>
      {isOpen && (
        <Loaded query={decision}>
          {(record) => {
            const { why, rule, rulesId } = record;
            const mine = candidatesOf(record).find(({ id }) => id === me.id);
            return (
              <>
                {rulesId && (
                  <Text size="sm" c="dimmed">
                    {rule ? `Rule “${rule}”` : 'No rule but the fallback'} of {rulesId}
                  </Text>
                )}
                <Text>{why}</Text>
                {mine && !mine.isChosen && (
                  <Text>
                    Why not me? {mine.obstacle ? `${mine.name} ${mine.obstacle}` : 'Another seller was next'}.
                  </Text>
                )}
                <Considered record={record} chosen="got the lead" />
              </>
            );
          }}
        </Loaded>
      )}
    </section>
  );
};
