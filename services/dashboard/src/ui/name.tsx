import type { ReactNode } from 'react';

/**
 * A text that somebody chose, such as a name, within another text. Isolated, so that its direction, and marks in it that turn the
 * direction, apply to nothing around it.
 */
export const Name = ({ children }: { children: string }): ReactNode => <bdi>{children}</bdi>;
