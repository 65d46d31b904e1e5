import { type ResourceRules, type TargetAttribute, templates } from '@lockstep/gallery';
import { type Html, html } from '../html.ts';
import type { SectionHandler, SectionOf } from '../page-visit.ts';

/** The attribute table of the guide: what is taken, of which type, and what can be searched by. */
export const attributesSection: SectionHandler<SectionOf<'attributes'>> = {
  draw: ({ profile }, section) => {
    const template = Object.values(templates).find((one) => one.id === profile.id);
    const users = tableHtml('Users', profile.users, template?.users.targetAttributes ?? []);
    const groups = profile.groups.enabled
      ? tableHtml('Groups', profile.groups, template?.groups.targetAttributes ?? [])
      : html`<p>Groups are not taken: switch the group mapping off.</p>`;
    return Promise.resolve(html`<p>${section.text}</p>${users}${groups}`);
  },
  actions: {},
};

function tableHtml(caption: string, rules: ResourceRules, targets: readonly TargetAttribute[]): Html {
  const typed = new Map(targets.map((one) => [one.name, one]));
  const names = rules.attributes === 'all' ? targets.map(({ name }) => name) : rules.attributes;
  const rows = names.map((name) => {
    const isFilterable = rules.filterable === 'all' || rules.filterable.includes(name);
    return html`<tr><th scope="row">${name}</th><td>${typed.get(name)?.type ?? 'String'}</td><td>${isFilterable ? 'yes' : ''}</td></tr>`;
  });
  return html`<div class="table-scroll"><table><caption>${caption}</caption><thead><tr><th scope="col">Attribute</th><th scope="col">Type</th><th scope="col">Supported for filtering</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
