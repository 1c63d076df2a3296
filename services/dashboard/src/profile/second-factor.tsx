import { Button, Group, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { formatDateTime } from '../time/format.js';
import { Panel } from '../ui/page.js';
import { Loaded } from '../ui/states.js';
import { useSecondFactor, useShowSecondFactor } from './own-second-factor.js';
import { SetUpSecondFactor } from './set-up-second-factor.js';
import { TurnOffSecondFactor } from './turn-off-second-factor.js';

/** The second factor of the own account: its state, and dialogs that turn it on and off. */
export const SecondFactorPanel = (): ReactNode => {
  const factor = useSecondFactor();
  const show = useShowSecondFactor();
  const [isOpen, setOpen] = useState(false);
  const close = (): void => {
    setOpen(false);
    void show();
  };
  return (
    <Panel title="Second factor" note="A code of an app on your phone, beside your password.">
      <Loaded query={factor} lines={2}>
        {({ on, available, confirmedAt, recoveryCodesLeft }) => (
          <Stack gap="md" align="flex-start">
            <Text size="sm">
              {on && confirmedAt
                ? `On since ${formatDateTime(confirmedAt)}. Recovery codes left: ${recoveryCodesLeft}.`
                : available
                  ? 'Off: your password alone opens your account.'
                  : 'You have no password: your identity provider asks for a second factor.'}
            </Text>
            {available && (
              <Group>
                <Button variant={on ? 'default' : 'filled'} onClick={() => setOpen(true)}>
                  {on ? 'Turn off' : 'Set up'}
                </Button>
              </Group>
            )}
            {isOpen && (on ? <TurnOffSecondFactor onClose={close} /> : <SetUpSecondFactor onClose={close} />)}
          </Stack>
        )}
      </Loaded>
    </Panel>
  );
};
