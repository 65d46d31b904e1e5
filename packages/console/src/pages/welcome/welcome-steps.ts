/** What the address may name: where somebody is in the first run. */
export const welcomePlaces = ['address', 'people', 'sample', 'import', 'app'] as const;

export type WelcomePlace = (typeof welcomePlaces)[number];

/** The steps as they are counted; the first is done on the page before, where the owner is made. */
export const welcomeSteps = ['owner', 'address', 'people', 'app'] as const;

export type WelcomeStep = (typeof welcomeSteps)[number];

/** The step a place belongs to: the sample and a file are two ways of the same one. */
export function stepOf(place: WelcomePlace): WelcomeStep {
  return place === 'sample' || place === 'import' ? 'people' : place;
}

/** How a step stands for somebody at a place. */
export function standingOf(step: WelcomeStep, place: WelcomePlace): 'done' | 'current' | 'later' {
  const [at, here] = [welcomeSteps.indexOf(step), welcomeSteps.indexOf(stepOf(place))];
  if (at === here) return 'current';
  return at < here ? 'done' : 'later';
}
