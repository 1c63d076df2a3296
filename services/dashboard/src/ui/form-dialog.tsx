import { Button, Group, Modal, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';

export interface FormDialogProps {
  title: string;
  size?: 'lg';
  /** Label of the button that submits. */
  action: string;
  /** For an action that takes something away. */
  danger?: boolean;
  ready: boolean;
  busy: boolean;
  /** Why the server refused. */
  refusal: ReactNode;
  onClose: () => void;
  onSubmit: () => void;
  children: ReactNode;
}

/** A dialog with a form, which stays open, with the reason, when the server refuses. */
export const FormDialog = (props: FormDialogProps): ReactNode => {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (props.ready) props.onSubmit();
  };
  return (
    <Modal opened onClose={props.onClose} title={props.title} size={props.size ?? 'md'}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {props.children}
          {props.refusal}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={props.onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              {...(props.danger && { color: 'red.9' })}
              loading={props.busy}
              disabled={!props.ready}
            >
              {props.action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
