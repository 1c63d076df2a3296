import type { ReactNode } from 'react';
import { useNow } from './now.js';
import { ago, at } from './words.js';

/** `2 days ago`, with the exact time on hover and for machines. */
export const Ago = ({ iso }: { iso: string }): ReactNode => {
  const now = useNow(10_000);
  return (
    <time dateTime={iso} title={at(iso)}>
      {ago(Date.parse(iso), now)}
    </time>
  );
};
