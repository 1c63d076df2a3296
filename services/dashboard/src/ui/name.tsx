import type { ReactNode } from 'react';
import { plainName } from './plain-name.js';

/** A name that somebody chose, within another text: its direction applies to nothing around it. */
export const Name = ({ children }: { children: string }): ReactNode => <bdi>{plainName(children)}</bdi>;
