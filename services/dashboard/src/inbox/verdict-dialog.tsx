import type { ReactNode } from 'react';
import type { Handoff } from '../api/shapes.js';
import { FormDialog, type FormDialogProps } from '../ui/form-dialog.js';
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

interface FrameProps extends Omit<FormDialogProps, 'refusal'>, Pick<VerdictDialogProps, 'fault'> {}

/** The frame of those dialogs. */
export const VerdictDialog = ({ fault, ...frame }: FrameProps): ReactNode => (
  <FormDialog {...frame} refusal={fault ? <Refusal fault={fault} /> : null} />
);
