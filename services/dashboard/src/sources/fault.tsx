import type { ReactNode } from 'react';
import type { ReceivedEntry } from '../api/shapes.js';
import classes from './fault.module.css';

interface FaultProps {
  fault: NonNullable<ReceivedEntry['fault']>;
  message: string | undefined;
}

/** Why a message was refused, the place of the fault in the request, and what was sent. */
export const Fault = ({ fault: { pointer, detail }, message }: FaultProps): ReactNode => (
  <div className={classes.fault}>
    <p>
      <code className={classes.pointer}>{pointer || 'the whole message'}</code> {detail}
    </p>
    {message && (
      <pre className={classes.message} tabIndex={0} role="group" aria-label={`Message sent, ${pointer}`}>
        {indented(message)}
      </pre>
    )}
  </div>
);

/** JSON with line breaks; a text that was truncated as it is. */
const indented = (message: string): string => {
  try {
    return JSON.stringify(JSON.parse(message), null, 2);
  } catch {
    return message;
  }
};
