import { Button, Group, Modal, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import type { Handoff } from '../api/shapes.js';
import { Refusal } from './decision.js';
import type { Verdict } from './verdicts.js';

/** Props of the dialogs of a hand-off. */
export interface VerdictDialogProps {
  handoff: Handoff;
  who: string;
  busy: boolean;
  fault: unknown;
  onClose: () => void;
  onDecide: (verdict: Verdict) => void;
}

interface FrameProps extends Pick<VerdictDialogProps, 'busy' | 'fault' | 'onClose'> {
  title: string;
  size?: 'lg';
  action: string;
  ready: boolean;
  onSubmit: () => void;
  children: ReactNode;
}

/** The frame of those dialogs: a form that stays open, with the reason, when the server refuses. */
export const VerdictDialog = (props: FrameProps): ReactNode => {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (props.ready) props.onSubmit();
  };
  return (
    <Modal opened onClose={props.onClose} title={props.title} size={props.size ?? 'md'}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {props.children}
          {props.fault ? <Refusal fault={props.fault} /> : null}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={props.onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={props.busy} disabled={!props.ready}>
              {props.action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
