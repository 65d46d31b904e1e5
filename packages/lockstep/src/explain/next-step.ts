import type { Change, Foreseen } from '@lockstep/engine';

/** What a cycle would do with somebody next, as far as can be told without asking the app. */
export interface NextStep {
  readonly do: 'match' | 'create' | 'update' | 'disable' | 'delete' | 'nothing' | 'skip' | 'fail';
  /** One sentence for a person. */
  readonly text: string;
  /** Attributes that change; at most 100. */
  readonly changes: readonly Change[];
}

const CHANGES_SHOWN = 100;

/** Says what is foreseen. */
export function nextStep({ next }: Foreseen): NextStep {
  switch (next.do) {
    case 'match': {
      const values = next.lookups.map(({ attribute, value }) => `${attribute} "${value}"`).join(' or ');
      const end = next.creates ? 'makes one when there is none' : 'makes none, since the Create action is switched off';
      return { do: 'match', text: `Looks for an account with ${values}, and ${end}.`, changes: [] };
    }
    case 'skip':
      return { do: 'skip', text: next.text, changes: [] };
    case 'fail':
      return { do: 'fail', text: `It cannot be mapped: ${next.text}`, changes: [] };
    case 'plan':
      return plannedStep(next.plan);
  }
}

function plannedStep(plan: Extract<Foreseen['next'], { do: 'plan' }>['plan']): NextStep {
  switch (plan.do) {
    case 'nothing':
      return { do: 'nothing', text: plan.text, changes: [] };
    case 'delete':
      return { do: 'delete', text: `Deletes the account. ${plan.text}`, changes: [] };
    case 'disable':
      return { do: 'disable', text: `Disables the account. ${plan.text}`, changes: shown(plan.changes) };
    case 'create':
      return { do: 'create', text: 'Makes an account.', changes: shown(plan.changes) };
    case 'update': {
      const names = plan.changes.map(({ attribute }) => attribute).join(', ');
      return { do: 'update', text: `Changes ${names}.`, changes: shown(plan.changes) };
    }
  }
}

function shown(changes: readonly Change[]): readonly Change[] {
  return changes.slice(0, CHANGES_SHOWN);
}
