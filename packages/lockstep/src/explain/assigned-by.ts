import type { ObjectType } from '@lockstep/engine/ports';
import type { AppStore, GroupStore } from '@lockstep/store';

/** An assignment to an app that is somebody's own, or a group's that holds them. */
export interface AssignedBy {
  readonly objectId: string;
  /** Name of the group; null for one's own assignment. */
  readonly displayName: string | null;
  /** `nested`: the group holds them by a group within it. */
  readonly how: 'direct' | 'group' | 'nested';
  /** False for a nested one in an app that does not follow nested groups. */
  readonly counts: boolean;
}

/** Assignments of somebody and of all groups around, in every app. */
export interface Assignments {
  /** @param followsNested whether the app counts members of groups within groups */
  of(appId: string, followsNested: boolean): readonly AssignedBy[];
}

/** Where assignments and groups are read. */
export interface AssignmentPorts {
  readonly assignments: Pick<AppStore, 'assignmentsOf'>;
  readonly groups: Pick<GroupStore, 'groupsAround'>;
}

/** Reads them once for all apps. Groups themselves are only in scope by an assignment of their own. */
export async function readAssignments(
  { assignments, groups }: AssignmentPorts,
  { objectType, sourceId }: { readonly objectType: ObjectType; readonly sourceId: string },
): Promise<Assignments> {
  const around = objectType === 'user' ? await groups.groupsAround(sourceId) : [];
  const found = await assignments.assignmentsOf([sourceId, ...around.map(({ id }) => id)]);
  const byApp = Map.groupBy(found, ({ appId }) => appId);
  return {
    of: (appId, followsNested) => {
      const assigned = new Set(byApp.get(appId)?.map(({ principalId }) => principalId));
      const own: AssignedBy = { objectId: sourceId, displayName: null, how: 'direct', counts: true };
      const byGroups = around.filter(({ id }) => assigned.has(id));
      return [
        ...(assigned.has(sourceId) ? [own] : []),
        ...byGroups.map(({ id, display, depth }): AssignedBy => {
          const how = depth === 1 ? 'group' : 'nested';
          return { objectId: id, displayName: display, how, counts: how === 'group' || followsNested };
        }),
      ];
    },
  };
}
