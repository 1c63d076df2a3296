import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface SaveRowProps {
  isPending: boolean;
  /** Whether the last change is stored, and nothing was changed since. */
  isSaved: boolean;
  disabled: boolean;
}

/** The end of a form of settings: saves, and says that it is done. */
export const SaveRow = ({ isPending, isSaved, disabled }: SaveRowProps): ReactNode => (
  <Group gap="sm">
    <Button type="submit" loading={isPending} disabled={disabled}>
      Save
    </Button>
    <Text size="sm" role="status">
      {isSaved ? 'Saved.' : ''}
    </Text>
  </Group>
);
