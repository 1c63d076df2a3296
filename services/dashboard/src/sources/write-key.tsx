import { KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { CodeBlock } from '../ui/code-block.js';
import { Notice } from '../ui/notice.js';

/** A key that was just made. */
export const WriteKey = ({ writeKey }: { writeKey: string }): ReactNode => (
  <>
    <Notice icon={<KeyRound />} title="Copy the write key now">
      It is shown this once. Baton keeps only a hash of it, so it cannot be read again. If it is lost, rotate
      it under Write keys.
    </Notice>
    <CodeBlock code={writeKey} what="the write key" />
  </>
);
