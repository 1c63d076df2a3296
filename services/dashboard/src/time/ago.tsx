import type { ReactNode } from 'react';
import { useNow } from './now.js';
import { formatAgo, formatAgoShort, formatDateTime } from './format.js';

/** `2 days ago`, with the exact time as tooltip and `datetime`. */
export const Ago = ({ iso }: { iso: string }): ReactNode => {
  const now = useNow(10_000);
  return (
    <time dateTime={iso} title={formatDateTime(iso)}>
      {formatAgo(Date.parse(iso), now)}
    </time>
  );
};

/** `12 s`, for live lists. */
export const AgoShort = ({ iso }: { iso: string }): ReactNode => {
  const now = useNow();
  return (
    <time dateTime={iso} title={formatDateTime(iso)} aria-label={formatAgo(Date.parse(iso), now)}>
      {formatAgoShort(Date.parse(iso), now)}
    </time>
  );
};
