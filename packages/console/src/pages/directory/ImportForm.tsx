import { Link } from '@tanstack/react-router';
import type { ImportReportShape } from 'lockstep/admin-api/answers';
import { useState } from 'react';
import { useChange } from '../../api/use-api.ts';
import { Notice } from '../../design/Badge.tsx';
import { Button } from '../../design/Button.tsx';
import { CheckField, SelectField, TextAreaField } from '../../design/Field.tsx';
import { Panel } from '../../design/Panel.tsx';
import { ErrorState } from '../../design/states.tsx';
import { useToasts } from '../../design/Toasts.tsx';
import { usePhrases } from '../../phrases/use-phrases.ts';
import { FileField } from './FileField.tsx';
import { ImportPreview } from './ImportPreview.tsx';
import { changesNothing, formatOf } from './import-report.ts';
import { directoryPhrases } from './phrases.ts';

type Key = 'userPrincipalName' | 'employeeId';

/** Makes people equal to a CSV or JSON file, with a preview before anything is written. */
export function ImportForm() {
  const say = usePhrases(directoryPhrases);
  const toasts = useToasts();
  const [text, setText] = useState('');
  /** Name of the file, as long as the text is what it holds. */
  const [file, setFile] = useState<string>();
  const [key, setKey] = useState<Key>('userPrincipalName');
  const [prune, setPrune] = useState(false);
  const preview = useChange<ImportReportShape>({ renews: [] });
  const run = useChange<ImportReportShape>({
    renews: [['directory'], ['status'], ['apps']],
    onDone: () => {
      preview.reset();
      toasts.done(say('imported'));
    },
  });
  const request = (isDryRun: boolean) => ({
    method: 'POST' as const,
    path: ['directory', 'import'],
    body: { format: formatOf(text), text, key, prune, isDryRun, ...(file === undefined ? {} : { file }) },
  });
  /** What was previewed is no longer what would be imported. */
  const edit =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      preview.reset();
      run.reset();
    };
  const report = preview.data;
  return (
    <div className="grid gap-4">
      <Panel>
        <div className="grid gap-3">
          <FileField
            label={say('file')}
            hint={say('fileHint')}
            onText={(content, name) => {
              edit(setText)(content);
              setFile(name);
            }}
          />
          <TextAreaField
            label={say('fileText')}
            hint={say('fileTextHint')}
            rows={8}
            spellCheck={false}
            value={text}
            onValue={(typed) => {
              edit(setText)(typed);
              setFile(undefined);
            }}
          />
          <SelectField
            label={say('key')}
            hint={say('keyHint')}
            value={key}
            choices={[
              { value: 'userPrincipalName', label: 'userPrincipalName' },
              { value: 'employeeId', label: 'employeeId' },
            ]}
            onValue={edit(setKey)}
          />
          <CheckField label={say('prune')} hint={say('pruneHint')} checked={prune} onValue={edit(setPrune)} />
          <div className="flex flex-wrap gap-2">
            <Button
              disabled={text.trim() === ''}
              isBusy={preview.isPending}
              onClick={() => preview.mutate(request(true))}
            >
              {say('previewImport')}
            </Button>
            <Button
              kind="primary"
              disabled={report === undefined || changesNothing(report)}
              isBusy={run.isPending}
              onClick={() => run.mutate(request(false))}
            >
              {say('runImport')}
            </Button>
          </div>
        </div>
      </Panel>
      {preview.error !== null && <ErrorState error={preview.error} />}
      {run.error !== null && <ErrorState error={run.error} />}
      {report !== undefined && <ImportPreview report={report} />}
      {run.data !== undefined && (
        <Notice tone="success" title={say('imported')} isAlert>
          <Link to="/directory/users" className="link">
            {say('seePeople')}
          </Link>
        </Notice>
      )}
    </div>
  );
}
