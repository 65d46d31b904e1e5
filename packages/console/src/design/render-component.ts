import { createElement, type FunctionComponent } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { runnerImport } from 'vite';

/** A component as HTML, for tests; events and effects do not run. */
export type Render<P> = (props: P) => string;

/**
 * Reads a file with components as the build does, since the runtime itself knows no JSX.
 *
 * @param file its whole path
 */
export async function componentsOf<M>(file: string): Promise<M> {
  const { module } = await runnerImport<M>(file, { configFile: false, logLevel: 'error' });
  return module;
}

export function renderOf<P extends object>(component: FunctionComponent<P>): Render<P> {
  return (props) => renderToStaticMarkup(createElement(component, props));
}
