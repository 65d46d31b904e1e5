import { useQuery } from '@tanstack/react-query';
import type { DeviationShape, RequestDetailShape } from 'lockstep/admin-api/answers';
import { apiQuery } from '../../../api/use-api.ts';
import { CodeBlock } from '../../../design/CopyText.tsx';
import { Dialog } from '../../../design/Dialog.tsx';
import { Facts } from '../../../design/Panel.tsx';
import { Loaded } from '../../../design/states.tsx';
import { TimeText } from '../../../design/TimeText.tsx';
import { usePhrases } from '../../../phrases/use-phrases.ts';
import { prettyBody } from '../../logs/record-text.ts';
import { requestPhrases } from './phrases.ts';
import { RequestStatus } from './RequestTable.tsx';
import { useDeviationName } from './use-deviation-name.ts';

interface RequestDrawerProps {
  readonly provider: string;
  readonly number: string;
  readonly onClose: () => void;
}

/** One request with its answer, and what can be done about each deviation. */
export function RequestDrawer({ provider, number, onClose }: RequestDrawerProps) {
  const say = usePhrases(requestPhrases);
  const query = useQuery({
    ...apiQuery<RequestDetailShape>(['providers', provider, 'requests', number]),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Dialog isOpen as="drawer" onClose={onClose} title={say('drawer', { number })}>
      <Loaded query={query} lines={8}>
        {(request) => <RequestFacts request={request} />}
      </Loaded>
    </Dialog>
  );
}

function RequestFacts({ request }: { readonly request: RequestDetailShape }) {
  const say = usePhrases(requestPhrases);
  const { method, path, at, durationMs, detail, tokenId, tokenLabel, client, userAgent, address, form } = request;
  return (
    <div className="grid gap-4">
      <code className="break-all font-mono text-xs">{`${method} ${path}`}</code>
      <Facts
        facts={[
          [say('when'), <TimeText key="at" at={at} />],
          [say('answer'), <RequestStatus key="status" request={request} />],
          ...(detail === null ? [] : [[say('detail'), detail] as const]),
          [say('duration'), say('ms', { ms: durationMs })],
          [say('token'), tokenLabel ?? say('unknownToken')],
          ...(tokenId === null ? [] : [[`${say('token')} ID`, <code key="id">{tokenId}</code>] as const]),
          ...(client === null ? [] : [[say('client'), client] as const]),
          ...(userAgent === null ? [] : [[say('userAgent'), userAgent] as const]),
          [say('address'), address],
        ]}
      />
      <h3 className="font-semibold">{say('deviations')}</h3>
      {request.told.length === 0 ? <p className="text-muted">{say('noDeviations')}</p> : <Told told={request.told} />}
      <h3 className="font-semibold">{say('body')}</h3>
      {form === null ? (
        <p className="text-muted">{say('noBody')}</p>
      ) : (
        <>
          <p className="text-muted">{say('bodyText')}</p>
          <CodeBlock label={say('body')} text={prettyBody(form)} />
        </>
      )}
    </div>
  );
}

/** What the client did, how it was read, and what can be done. */
function Told({ told }: { readonly told: readonly DeviationShape[] }) {
  const say = usePhrases(requestPhrases);
  const nameOf = useDeviationName();
  return (
    <ul className="grid gap-3">
      {told.map(({ code, sentence, reason, rfc, remedy }) => (
        <li key={code} className="rounded-md border border-border p-3">
          <p className="font-medium">{nameOf(code)}</p>
          <Facts
            facts={[
              [say('deviation'), `${sentence} (${code})`],
              [say('section'), rfc],
              [say('how'), reason],
              [say('remedy'), remedy],
            ]}
          />
        </li>
      ))}
    </ul>
  );
}
