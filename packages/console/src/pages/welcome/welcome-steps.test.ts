import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standingOf, stepOf, welcomePlaces, welcomeSteps } from './welcome-steps.ts';

test('at each place one step is the current one, what comes before is done', () => {
  const standings = welcomePlaces.map((place) => welcomeSteps.map((step) => standingOf(step, place)).join(' '));
  assert.deepEqual(standings, [
    'done current later later',
    'done done current later',
    'done done current later',
    'done done current later',
    'done done done current',
  ]);
  assert.equal(stepOf('sample'), 'people');
});
