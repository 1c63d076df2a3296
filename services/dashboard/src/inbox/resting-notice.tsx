import { Alert, Button, Group } from '@mantine/core';
import { BellOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useReturn, useSellerLoads } from '../handoff/rotation.js';
import type { Me } from '../api/shapes.js';
import { formatDateTime } from '../time/format.js';
import { Failure } from '../ui/states.js';

/** Tells a seller who did not answer that no leads are offered to them, and how they get some again. */
export const RestingNotice = ({ me }: { me: Me }): ReactNode => {
  const loads = useSellerLoads(me.role === 'seller');
  const back = useReturn(me.id);
  const since = loads.data?.find(({ id }) => id === me.id)?.restingSince;
  return (
    since && (
      <Alert variant="default" icon={<BellOff aria-hidden />} title="No new leads are offered to you" mb="md">
        An offer was not answered in time ({formatDateTime(since)}). Decide about a lead of yours, or say that
        you are back.
        <Group mt="xs">
          <Button size="xs" loading={back.isPending} onClick={() => back.mutate()}>
            I am back
          </Button>
        </Group>
        {back.error && <Failure fault={back.error} />}
      </Alert>
    )
  );
};
