import { Button, VisuallyHidden } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { copyText } from './copy-text.js';

const SHOWN_MS = 2_500;
const LABELS = { idle: 'Copy', copied: 'Copied', failed: 'Select it and copy' } as const;

/** Copies a text. `what` names it for screen readers: `Copy the write key`. */
export const CopyButton = ({ text, what }: { text: string; what: string }): ReactNode => {
  const [state, setState] = useState<keyof typeof LABELS>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async (): Promise<void> => setState((await copyText(text)) ? 'copied' : 'failed');
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={state === 'copied' ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        onClick={() => void copy()}
      >
        {LABELS[state]}
        <VisuallyHidden>: {what}</VisuallyHidden>
      </Button>
      <VisuallyHidden role="status">{state === 'idle' ? '' : LABELS[state]}</VisuallyHidden>
    </>
  );
};
