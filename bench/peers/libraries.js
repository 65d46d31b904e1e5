// Libraries for filters and PATCH, in the shape that `protocol-bench.ts` measures.
import { scimPatch } from 'scim-patch';
import { filter as filterOf2, parse as parse2 } from 'scim2-filter';
import { filter as filterOf, parse } from 'scim2-parse-filter';
import SCIMMY from 'scimmy';

export function libraries({ user, groupOf, userPatch, memberPatch }) {
  const { Filter, PatchOp } =
    SCIMMY.Types.Filter === undefined ? SCIMMY.Messages : { ...SCIMMY.Types, ...SCIMMY.Messages };
  const scimmyUser = () => new SCIMMY.Schemas.User(user);
  return [
    { name: 'scim2-parse-filter 0.2.10', parse, match: (text) => filterOf(parse(text)) },
    { name: 'scim2-filter 0.2.0', parse: parse2, match: (text) => filterOf2(parse2(text)) },
    {
      name: 'scimmy 1.3.5',
      parse: (text) => new Filter(text),
      match: (text) => {
        const made = new Filter(text);
        return (resource) => made.match([resource]);
      },
      patchUser: () => new PatchOp(userPatch).apply(scimmyUser()),
    },
    {
      name: 'scim-patch 0.8.3',
      patchUser: () => scimPatch(user, userPatch.Operations, { mutateDocument: false }),
      patchGroup: (size) => {
        const group = groupOf(size);
        return () => scimPatch(group, memberPatch.Operations, { mutateDocument: false });
      },
    },
  ];
}
