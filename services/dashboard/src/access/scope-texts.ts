import type { Scope } from '../api/shapes.js';

interface ScopeText {
  readonly value: Scope;
  readonly label: string;
  readonly text: string;
}

export const SCOPE_TEXTS: readonly ScopeText[] = [
  { value: 'read', label: 'Read', text: 'Requests that change nothing.' },
  { value: 'write', label: 'Read and write', text: 'Everything that the role may do.' },
];

export const scopeName = (scope: Scope): string =>
  SCOPE_TEXTS.find(({ value }) => value === scope)?.label ?? scope;
