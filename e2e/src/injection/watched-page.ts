import type { Page } from 'playwright-core';
import { CANARY, MARK } from './hostile-texts.js';

/** Faults of a page from now on: dialogs, errors and refusals of its policy, and headers that carry what was sent. */
export const watch = (page: Page): string[] => {
  const faults: string[] = [];
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (fault) => faults.push(`error: ${String(fault)}`));
  page.on('console', (message) => {
    if (/content security policy|refused to/i.test(message.text())) faults.push(`policy: ${message.text()}`);
  });
  page.on('response', (response) => {
    const headers = JSON.stringify(response.headers());
    if (headers.includes(MARK) || /evil/i.test(headers)) faults.push(`header: ${headers}`);
  });
  return faults;
};

/** What the document has that hostile text must not make of it. Text, since the tests have no types of the browser. */
const FAULTS_IN_DOCUMENT = String.raw`(() => {
  const faults = [];
  if ('${CANARY}' in window) faults.push('a script ran');
  const protocols = ['http:', 'https:', 'mailto:'];
  for (const element of document.querySelectorAll('*'))
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on')) faults.push(element.tagName + ' ' + name + '=' + value);
      if (!['href', 'src', 'action', 'formaction', 'xlink:href'].includes(name)) continue;
      const { protocol } = new URL(value, document.baseURI);
      if (!protocols.includes(protocol) && !value.startsWith('data:image/')) faults.push('link ' + value);
      if (protocol !== 'mailto:') continue;
      const address = decodeURIComponent(value.slice('mailto:'.length));
      if (/[?&,;\s]|%0[ad]/i.test(value) || address !== element.textContent) faults.push('mailto ' + value);
    }
  // A text that turns the direction must end with the element it is in.
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement: parent, textContent } = texts.currentNode;
    if (!parent || !/[\u202a-\u202e\u2066-\u2069]/.test(textContent)) continue;
    const { display, unicodeBidi } = getComputedStyle(parent);
    const isAlone = display !== 'inline' && parent.childNodes.length === 1;
    if (!isAlone && !/isolate|plaintext/.test(unicodeBidi))
      faults.push('direction of ' + parent.tagName + ' in ' + parent.parentElement?.className);
  }
  return faults;
})()`;

export const faultsIn = (page: Page): Promise<string[]> => page.evaluate(FAULTS_IN_DOCUMENT);
