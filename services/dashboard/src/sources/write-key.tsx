import { KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { CodeBlock } from '../ui/code-block.js';
import { Notice } from '../ui/notice.js';

/** The key of a source that was just created. */
export const WriteKey = ({ writeKey }: { writeKey: string }): ReactNode => (
  <>
    <Notice icon={<KeyRound />} title="Copy the write key now">
      It is shown this once. Baton keeps only a hash of it, so it cannot be read again: a lost key means a new
      source.
    </Notice>
    <CodeBlock code={writeKey} what="the write key" />
  </>
);
