import { type AppTemplate, templates } from '@lockstep/gallery';

/** The template behind its id; `undefined` when the gallery has none of that name. */
export function findTemplate(id: string): AppTemplate | undefined {
  return Object.values(templates).find((template) => template.id === id);
}
