import type { Include } from '@lockstep/provider/ports';
import type { FoundAttribute, ResolvedFilter } from '@lockstep/scim';

/** Whether a filter looks at what is kept as rows beside the resource: members of a group, groups of a user. */
export function needsRelations(filter: ResolvedFilter): Include {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const needs = filter.filters.map(needsRelations);
      return { members: needs.some((one) => one.members), groups: needs.some((one) => one.groups) };
    }
    case 'not':
      return needsRelations(filter.filter);
    case 'unknown':
      return { members: false, groups: false };
    default: {
      const { name } = filter.found.attribute;
      const isCore = !filter.found.isExtension;
      return { members: isCore && name === 'members', groups: isCore && name === 'groups' };
    }
  }
}

/** Whether an attribute is kept as rows beside the resources. */
export function isRelation(found: FoundAttribute): boolean {
  return !found.isExtension && (found.attribute.name === 'members' || found.attribute.name === 'groups');
}
