import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The checked parts of a Compose file; https://docs.docker.com/reference/compose-file/ */
export interface ComposeService {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: string | readonly string[];
  readonly environment?: Readonly<Record<string, string | number | boolean>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: object;
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

/** Reads a Compose file with its anchors and merge keys resolved, and `${NAME:-default}` replaced by the default. */
export const composeFileIn = (text: string): ComposeFile =>
  parse(text.replace(/\$\{\w+:-([^}]*)\}/g, '$1'), { merge: true, maxAliasCount: -1 }) as ComposeFile;

export const readYaml = (path: string): unknown => parse(readFileSync(path, 'utf8'));
