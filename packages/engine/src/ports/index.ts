export type * from '../log/log-record.ts';
export type * from './clock.ts';
export type * from './directory.ts';
export type * from './engine-store.ts';
export type * from './job-life.ts';
export type * from './log-store.ts';
export type * from './staged-removal.ts';
