import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { componentsOf, renderOf } from './render-component.ts';

const here = (file: string): string => join(import.meta.dirname, file);
const nothing = (): undefined => undefined;

const { ProgressBar } = await componentsOf<typeof import('./ProgressBar.tsx')>(here('ProgressBar.tsx'));
const { Pager } = await componentsOf<typeof import('./Pager.tsx')>(here('Pager.tsx'));
const { Badge, Notice } = await componentsOf<typeof import('./Badge.tsx')>(here('Badge.tsx'));
const { Button } = await componentsOf<typeof import('./Button.tsx')>(here('Button.tsx'));
const { CheckField, TextField } = await componentsOf<typeof import('./Field.tsx')>(here('Field.tsx'));
const { DataTable } = await componentsOf<typeof import('./DataTable.tsx')>(here('DataTable.tsx'));
const { Loaded } = await componentsOf<typeof import('./states.tsx')>(here('states.tsx'));

test('a progress bar shows each step and speaks of each 10 % alone', () => {
  const html = renderOf(ProgressBar)({ label: 'Zenya', done: 37, total: 100 });
  assert.match(html, /<progress aria-label="Zenya" max="100" value="37"/);
  assert.match(html, /aria-live="polite">Zenya: 30 % done</);
});

test('no state is told by colour alone', () => {
  const tones = ['neutral', 'accent', 'success', 'warning', 'danger'] as const;
  const signs = tones.map((tone) => />([^<]+)<\/span>state/.exec(renderOf(Badge)({ tone, children: 'state' }))?.[1]);
  assert.equal(new Set(signs).size, tones.length, signs.join(' '));
});

test('a notice is spoken at once only when it is an alert', () => {
  assert.match(renderOf(Notice)({ title: 'Down', isAlert: true }), /role="alert"/);
  assert.doesNotMatch(renderOf(Notice)({ title: 'By the way' }), /role=/);
});

test('a busy button can be reached and cannot be pressed; one that is disabled cannot be reached', () => {
  const busy = renderOf(Button)({ isBusy: true, children: 'Save' });
  assert.match(busy, /aria-disabled="true" aria-busy="true"/);
  assert.doesNotMatch(busy, / disabled=/);
  assert.match(renderOf(Button)({ disabled: true, children: 'Save' }), / disabled=""/);
});

test('a field is read out with its hint and with what is wrong with it', () => {
  const html = renderOf(TextField)({ label: 'Port', hint: 'Usually 587.', error: 'No number.', value: 'x' });
  const [, told = ''] = /aria-describedby="([^"]+)"/.exec(html) ?? [];
  assert.equal(told.split(' ').length, 2);
  for (const id of told.split(' ')) assert.ok(html.includes(`<div id="${id}"`), id);
  assert.match(html, /aria-invalid="true"/);
  assert.match(html, /role="alert">No number\.</);
  assert.doesNotMatch(renderOf(TextField)({ label: 'Port', value: '587' }), /aria-(invalid|describedby)/);
});

test('a box that is being saved keeps the focus and takes nothing', () => {
  const html = renderOf(CheckField)({ label: 'Create', checked: true, isBusy: true, onValue: nothing });
  assert.match(html, /aria-disabled="true"/);
  assert.doesNotMatch(html, / disabled=/);
});

test('a pager is there only when there is somewhere to go', () => {
  const render = renderOf(Pager);
  assert.equal(render({ after: undefined, next: undefined, onGo: nothing }), '');
  const first = render({ after: undefined, next: 'b', onGo: nothing });
  assert.match(first, /disabled=""[^>]*>First page/);
  assert.doesNotMatch(first, /disabled=""[^>]*>Next page/);
  assert.match(render({ after: 'b', next: undefined, onGo: nothing }), /disabled=""[^>]*>Next page/);
});

test('a table that is sorted says how, and the row in the drawer is marked', () => {
  const sort = { direction: 'descending', onSort: nothing } as const;
  const html = renderOf(DataTable<{ readonly id: string }>)({
    caption: 'People',
    columns: [{ id: 'id', header: 'Name', sort, cell: ({ id }) => id }],
    rows: [{ id: 'eva' }, { id: 'finn' }],
    keyOf: ({ id }) => id,
    isMarked: ({ id }) => id === 'finn',
  });
  assert.match(html, /aria-sort="descending"/);
  assert.match(html, /bg-accent-soft"><td[^>]*>finn/);
  assert.doesNotMatch(html, /bg-accent-soft"><td[^>]*>eva/);
});

test('what is asked for is a shape, an error to try again, or there; an error beside older data shows both', () => {
  const refetch = nothing;
  const children = (data: string): string => data;
  const error = new Error('No answer.');
  const render = renderOf(Loaded<string>);
  const waiting = render({ query: { data: undefined, error: null, refetch }, title: 'People', children });
  assert.match(waiting, /<h1[^>]*>People<\/h1>[\s\S]*role="status"/);
  const failed = render({ query: { data: undefined, error, refetch }, children });
  assert.match(failed, /role="alert"[\s\S]*No answer\.[\s\S]*Try again/);
  assert.doesNotMatch(failed, /role="status"/);
  const older = render({ query: { data: 'older', error, refetch }, title: 'People', children });
  assert.match(older, /No answer\.[\s\S]*older/);
  assert.doesNotMatch(older, /<h1/);
});
