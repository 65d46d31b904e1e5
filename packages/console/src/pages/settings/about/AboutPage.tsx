import { useQuery } from '@tanstack/react-query';
import type { AboutShape } from 'lockstep/admin-api/answers';
import { apiQuery } from '../../../api/use-api.ts';
import { Facts, Panel } from '../../../design/Panel.tsx';
import { Loaded } from '../../../design/states.tsx';
import { TimeText } from '../../../design/TimeText.tsx';
import { useLocale, usePhrases } from '../../../phrases/use-phrases.ts';
import { aboutPhrases } from './phrases.ts';
import { sizeText } from './size-text.ts';

/** What runs here: versions, database, sizes; for owners where it is kept as well. */
export function AboutPage() {
  const query = useQuery(apiQuery<AboutShape>(['about']));
  return (
    <Loaded query={query} lines={8}>
      {(about) => (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <Versions about={about} />
          <Counts counts={about.counts} />
          {about.places !== null && <Places places={about.places} />}
        </div>
      )}
    </Loaded>
  );
}

function Versions({ about }: { readonly about: AboutShape }) {
  const say = usePhrases(aboutPhrases);
  const { locale } = useLocale();
  const { database } = about;
  const kind = `${database.kind === 'sqlite' ? 'SQLite' : 'PostgreSQL'} ${database.version}`;
  return (
    <Panel title={say('title')}>
      <Facts
        facts={[
          [say('version'), about.version],
          [say('licence'), about.licence],
          [say('node'), `${about.node}, ${about.platform}`],
          [say('started'), <TimeText key="started" at={about.startedAt} />],
          [
            say('baseUrl'),
            <span key="url" className="break-all">
              {about.baseUrl}
            </span>,
          ],
          [say('database'), `${kind}, ${say('schema', { number: String(database.schema) })}`],
          [say('size'), sizeText(database.bytes, locale)],
        ]}
      />
      <p className="mt-3">
        <a href="/api/v1/openapi.json" className="link">
          {say('api')}
        </a>
      </p>
    </Panel>
  );
}

const COUNTED = ['objects', 'memberships', 'feedEntries', 'logRecords', 'auditEntries'] as const;

function Counts({ counts }: { readonly counts: AboutShape['counts'] }) {
  const say = usePhrases(aboutPhrases);
  const { locale } = useLocale();
  const text = ({ count, isMore }: AboutShape['counts']['objects']): string =>
    isMore ? say('more', { count }) : count.toLocaleString(locale);
  return (
    <Panel title={say('counts')}>
      <Facts facts={COUNTED.map((name) => [say(name), text(counts[name])])} />
    </Panel>
  );
}

function Places({ places }: { readonly places: NonNullable<AboutShape['places']> }) {
  const say = usePhrases(aboutPhrases);
  const code = (text: string) => <code className="break-all font-mono text-xs">{text}</code>;
  return (
    <Panel title={say('places')}>
      <Facts
        facts={[
          [say('dataFolder'), code(places.dataFolder)],
          [say('database'), code(places.database)],
          [say('masterKey'), code(places.masterKeyFile)],
        ]}
      />
    </Panel>
  );
}
