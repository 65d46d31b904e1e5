import type { Permission, Role } from './role.ts';

/** Who a request of the admin API comes from, and what it may do. */
export interface Principal {
  readonly kind: 'ownerKey' | 'apiKey' | 'person';
  /** As the audit log names it. */
  readonly name: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  /** Of a person. */
  readonly personId?: string;
  /** Hash of the session's cookie. */
  readonly sessionHash?: string;
}

declare module 'hono' {
  interface ContextVariableMap {
    principal: Principal;
  }
}
