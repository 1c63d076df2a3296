import { Text } from '@mantine/core';
import { Link2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PasswordLink } from '../api/shapes.js';
import { formatDateTime } from '../time/format.js';
import { CodeBlock } from '../ui/code-block.js';
import { Notice } from '../ui/notice.js';

/** A link that was just made. */
export const OneTimeLink = ({ link }: { link: PasswordLink }): ReactNode => (
  <>
    <Notice icon={<Link2 />} title="Pass this link on now">
      It is shown this once. Anybody who has it can set the password: send it to this person only.
    </Notice>
    <CodeBlock code={link.url} what="the link" />
    <Text size="sm" c="dimmed">
      It works once, until {formatDateTime(link.expiresAt)}. A newer link replaces it.
    </Text>
  </>
);
