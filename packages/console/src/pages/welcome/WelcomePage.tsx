import { Link, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
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
import { stepOf, type WelcomePlace } from './welcome-steps.ts';

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
  /** The place somebody came to from elsewhere, where the focus is left alone. */
  const [arrivedAt] = useState(step);
  return (
    <>
      <PageHeader title={say('title')}>{say('intro')}</PageHeader>
      {isOwner === undefined && <Skeleton lines={6} />}
      {isOwner === true && (
        <>
          <StepList place={step} />
          <Focused key={step} label={say(stepOf(step))} isFirst={arrivedAt === step}>
            <Place />
          </Focused>
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

interface FocusedProps {
  readonly label: string;
  readonly isFirst: boolean;
  readonly children: ReactNode;
}

/** A step that takes the focus when it comes in the place of another, so that keys and screen readers go on in it. */
function Focused({ label, isFirst, children }: FocusedProps) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isFirst) place.current?.focus();
  }, [isFirst]);
  return (
    <section ref={place} tabIndex={-1} aria-label={label} className="outline-none">
      {children}
    </section>
  );
}
