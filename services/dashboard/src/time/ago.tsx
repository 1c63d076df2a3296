import type { ReactNode } from 'react';
import { useNow } from './now.js';
import { ago, agoShort, at } from './words.js';

/** `2 days ago`, with the exact time on hover and for machines. */
export const Ago = ({ iso }: { iso: string }): ReactNode => {
  const now = useNow(10_000);
  return (
    <time dateTime={iso} title={at(iso)}>
      {ago(Date.parse(iso), now)}
    </time>
  );
};

/** `12 s`, for lists that move. */
export const AgoShort = ({ iso }: { iso: string }): ReactNode => {
  const now = useNow();
  return (
    <time dateTime={iso} title={at(iso)} aria-label={ago(Date.parse(iso), now)}>
      {agoShort(Date.parse(iso), now)}
    </time>
  );
};
