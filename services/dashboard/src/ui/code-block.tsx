import type { ReactNode } from 'react';
import classes from './code-block.module.css';
import { CopyButton } from './copy-button.js';

/** Code to copy. `what` names it: `the HTML form`. */
export const CodeBlock = ({ code, what }: { code: string; what: string }): ReactNode => (
  <div className={classes.block}>
    <pre className={classes.code} tabIndex={0} role="group" aria-label={what}>
      <code>{code}</code>
    </pre>
    <div className={classes.copy}>
      <CopyButton text={code} what={what} />
    </div>
  </div>
);
