import { Link, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMay } from '../../api/me.ts';
import { Notice } from '../../design/Badge.tsx';
import { buttonClass } from '../../design/Button.tsx';
import { PageHeader } from '../../design/Panel.tsx';
import { Skeleton } from '../../design/states.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { AddressStep } from './AddressStep.tsx';
import { AppStep } from './AppStep.tsx';
import { ImportStep } from './ImportStep.tsx';
import { PeopleStep } from './PeopleStep.tsx';
import { welcomePhrases } from './phrases.ts';
import { SampleStep } from './SampleStep.tsx';
import { StepList } from './StepList.tsx';
import type { WelcomePlace } from './welcome-steps.ts';

const PLACES: Readonly<Record<WelcomePlace, () => ReactNode>> = {
  address: AddressStep,
  people: PeopleStep,
  sample: SampleStep,
  import: ImportStep,
  app: AppStep,
};

/** The first run: address and mail, people, a first app. Where somebody is stands in the address. */
export function WelcomePage() {
  const say = usePhrases(welcomePhrases);
  const { step = 'address' } = useSearch({ from: '/welcome' });
  const isOwner = useMay('people');
  const Place = PLACES[step];
  return (
    <>
      <PageHeader title={say('title')}>{say('intro')}</PageHeader>
      {isOwner === undefined && <Skeleton lines={6} />}
      {isOwner === true && (
        <>
          <StepList place={step} />
          <Place key={step} />
        </>
      )}
      {isOwner === false && (
        <Notice
          tone="warning"
          title={say('notOwner')}
          actions={
            <Link to="/" className={buttonClass()}>
              {say('home')}
            </Link>
          }
        >
          {say('notOwnerText')}
        </Notice>
      )}
    </>
  );
}
