import { type Document, isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml';
import { type Issue, LockstepError } from '../lockstep-error.ts';
import { type Declaration, declarationSchema } from './declaration.ts';
import { type Fault, spreadIssue } from './spread-issue.ts';

/** What a declaration's references are read from. */
export interface ReferenceSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Reads a file whose path is relative to the declaration's own folder. */
  readonly readFile: (path: string) => string;
}

/**
 * Reads lockstep.yaml.
 *
 * @throws {LockstepError} `invalidValue` with the line of every fault; unknown keys are faults
 */
export function readApplyFile(text: string): Declaration {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    throw new LockstepError('invalidValue', `line ${lines.linePos(error.pos[0]).line}: ${error.message}`);
  }
  const read = declarationSchema.safeParse(document.toJS({ maxAliasCount: 100 }) ?? {});
  if (read.success) return read.data;
  const issues = read.error.issues.flatMap(spreadIssue).map((issue) => toIssue(issue, document, lines));
  const [first] = issues;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  const message = first === undefined ? 'the file does not fit' : `${first.place}: ${first.message}${more}`;
  throw new LockstepError('invalidValue', message, { issues });
}

function toIssue(fault: Fault, document: Document, lines: LineCounter): Issue {
  const offset = offsetOf(fault.path, document);
  const line = offset === undefined ? 1 : lines.linePos(offset).line;
  const path = fault.path.map(String).join('.');
  return { place: `line ${line}`, message: path === '' ? fault.message : `${path}: ${fault.message}` };
}

/** Where a key stands, or the nearest thing around it that is there. */
function offsetOf(path: readonly PropertyKey[], document: Document): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair = isMap(parent) ? parent.items.find((one) => isPair(one) && String(one.key) === String(key)) : undefined;
    if (pair !== undefined && isNode(pair.key)) return pair.key.range?.[0];
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node.range?.[0];
  }
  return undefined;
}

/**
 * Fills in what a declaration only names: `secretToken: env:NAME` or `file:PATH`, and the files of feeds. Any other token
 * is taken as it is.
 *
 * @throws {LockstepError} `invalidValue` naming the app or feed and the variable or file that is not there
 */
export function resolveReferences(declaration: Declaration, sources: ReferenceSources): Declaration {
  const { directory, apps } = declaration;
  return {
    ...(directory === undefined
      ? {}
      : {
          directory: {
            feeds: (directory.feeds ?? []).map((feed) => ({ ...feed, text: readFeed(feed.name, feed.file, sources) })),
          },
        }),
    ...(apps === undefined
      ? {}
      : {
          apps: apps.map((app) =>
            app.secretToken === undefined
              ? app
              : { ...app, secretToken: readToken(app.name, app.secretToken, sources) },
          ),
        }),
  };
}

function readFeed(name: string, file: string, sources: ReferenceSources): string {
  try {
    return sources.readFile(file);
  } catch (error) {
    throw new LockstepError('invalidValue', `feed ${name}: ${file} cannot be read`, { cause: error });
  }
}

function readToken(app: string, reference: string, sources: ReferenceSources): string {
  if (reference.startsWith('env:')) {
    const name = reference.slice('env:'.length);
    const value = sources.environment[name];
    if (value !== undefined && value !== '') return value;
    throw new LockstepError('invalidValue', `${app}: secretToken: the environment variable ${name} is not set`);
  }
  if (!reference.startsWith('file:')) return reference;
  const path = reference.slice('file:'.length);
  try {
    return sources.readFile(path).trim();
  } catch (error) {
    throw new LockstepError('invalidValue', `${app}: secretToken: the file ${path} cannot be read`, { cause: error });
  }
}
